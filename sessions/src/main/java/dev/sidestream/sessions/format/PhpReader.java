package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.Node.Real;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.format.Node.Truth;
import dev.sidestream.sessions.format.Node.Whole;
import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads values as PHP's {@code serialize} writes them. Lengths count bytes. An object becomes its properties, under their
 * bare names; an object with an encoding of its own is passed over.
 */
final class PhpReader {

    /** Longest number, in characters; PHP writes floats with 17 digits and an exponent. */
    private static final int MAX_NUMBER = 40;

    private final ByteInput in;
    private final Budget budget;
    private final List<Node> numbered = new ArrayList<>();

    PhpReader(ByteInput in, Budget budget) {
        this.in = in;
        this.budget = budget;
    }

    /** One value, all of the bytes; as {@link PayloadReader#read}. */
    static Node read(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        ByteInput in = new ByteInput(bytes);
        Node node = new PhpReader(in, new Budget()).value();
        if (in.remaining() > 0) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return node;
    }

    /** Whether the next bytes may be a value: a letter of one with its colon, or null. */
    static boolean begins(ByteInput in) {
        int tag = in.peek(0);
        return tag == 'N' ? in.peek(1) == ';' : "bidsaOCErR".indexOf(tag) >= 0 && in.peek(1) == ':';
    }

    /** The next value. Back references reach those that the same reader read before. */
    Node value() throws UnreadableException {
        budget.node();
        int tag = in.u8();
        if (tag == 'N') {
            expect(';');
            return number(Blank.NULL);
        }
        expect(':');
        return switch (tag) {
            case 'b' -> number(new Truth(whole(';') != 0));
            case 'i' -> number(new Whole(whole(';')));
            case 'd' -> number(new Real(real()));
            case 's' -> number(terminated(text()));
            case 'a' -> composite(new Struct(""));
            case 'O' -> composite(new Struct(text(':')));
            case 'C' -> custom();
            case 'E' -> number(terminated(text()));
            case 'r' -> number(reference());
            case 'R' -> reference();
            default -> throw new UnreadableException(Reason.FORMAT);
        };
    }

    private Node composite(Struct struct) throws UnreadableException {
        numbered.add(struct);
        long size = whole(':');
        expect('{');
        in.require(size);
        budget.enter();
        for (long i = 0; i < size; i++) {
            String key = key();
            struct.put(key, value());
        }
        budget.leave();
        expect('}');
        return struct;
    }

    /** Keys are whole numbers or texts, and unlike values are not numbered. */
    private String key() throws UnreadableException {
        budget.node();
        int tag = in.u8();
        expect(':');
        return switch (tag) {
            case 'i' -> Long.toString(whole(';'));
            case 's' -> bare(terminated(text()).value());
            default -> throw new UnreadableException(Reason.FORMAT);
        };
    }

    /** Private and protected properties carry their class or a star between zero bytes in front. */
    private static String bare(String name) {
        return name.isEmpty() || name.charAt(0) != 0 ? name : name.substring(name.lastIndexOf(0) + 1);
    }

    private Node custom() throws UnreadableException {
        text(':');
        long length = whole(':');
        expect('{');
        in.skip(length);
        expect('}');
        return number(Blank.OPAQUE);
    }

    private Node reference() throws UnreadableException {
        long index = whole(';');
        if (index < 1 || index > numbered.size()) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return numbered.get((int) index - 1);
    }

    private Node number(Node node) {
        numbered.add(node);
        return node;
    }

    private Text terminated(Text text) throws UnreadableException {
        expect(';');
        return text;
    }

    private Text text() throws UnreadableException {
        long length = whole(':');
        expect('"');
        String value = in.utf8(length);
        expect('"');
        return new Text(value);
    }

    private String text(char end) throws UnreadableException {
        String value = text().value();
        expect(end);
        return value;
    }

    private long whole(char end) throws UnreadableException {
        try {
            return Long.parseLong(in.latin1Until(end, MAX_NUMBER));
        } catch (NumberFormatException e) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }

    private double real() throws UnreadableException {
        String text = in.latin1Until(';', MAX_NUMBER);
        try {
            return switch (text) {
                case "NAN" -> Double.NaN;
                case "INF" -> Double.POSITIVE_INFINITY;
                case "-INF" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }

    private void expect(char character) throws UnreadableException {
        if (in.u8() != character) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }
}
