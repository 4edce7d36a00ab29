package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.Node.Bytes;
import dev.sidestream.sessions.format.Node.Real;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.format.Node.Truth;
import dev.sidestream.sessions.format.Node.Whole;
import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Python pickles of protocols 0 to 5. Only data are understood: whatever a pickle would import or call is passed over
 * and leaves an opaque node, together with its arguments. But for two of {@code collections}, {@code OrderedDict} and
 * {@code defaultdict}, which are read as the dicts that they are. The opcodes are those of Python's {@code pickletools}.
 */
final class PickleReader {

    private static final int MAX_LINE = 4_096;
    private static final int MAX_DIGITS = 400;
    private static final Set<String> DICTS = Set.of("OrderedDict", "defaultdict");

    private final ByteInput in;
    private final Budget budget = new Budget();
    private final PickleStack stack = new PickleStack(budget);
    private final Map<Long, Node> memo = new HashMap<>();

    /** Stands for a class of dicts that was named. */
    private final Struct dict = new Struct("");

    private PickleReader(byte[] bytes) {
        in = new ByteInput(bytes);
    }

    /** As {@link PayloadReader#read}. */
    static Node read(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        PickleReader reader = new PickleReader(bytes);
        for (int opcode = reader.in.u8(); opcode != '.'; opcode = reader.in.u8()) {
            reader.run(opcode);
        }
        return reader.stack.pop();
    }

    private void run(int opcode) throws UnreadableException {
        switch (opcode) {
            case 0x80 -> in.u8(); // PROTO
            case 0x95 -> in.require(in.littleEndian(8)); // FRAME
            case '(' -> stack.mark();
            case '0' -> stack.pop();
            case '1' -> stack.popMark();
            case '2' -> stack.push(stack.peek());
            case 'p' -> remember(decimal());
            case 'q' -> remember(in.u8());
            case 'r' -> remember(in.littleEndian(4));
            case 0x94 -> remember(memo.size()); // MEMOIZE
            case 'g' -> stack.push(recall(decimal()));
            case 'h' -> stack.push(recall(in.u8()));
            case 'j' -> stack.push(recall(in.littleEndian(4)));
            case ']', '}', ')', 0x8f -> stack.push(new Struct("")); // empty list, dict, tuple, set
            case 'a' -> stack.append(1);
            case 'e', 0x90 -> stack.appendMarked(); // APPENDS, ADDITEMS
            case 's' -> stack.setItem();
            case 'u' -> stack.setMarked();
            case 'l', 't', 0x91 -> stack.collect(false); // LIST, TUPLE, FROZENSET
            case 'd' -> stack.collect(true); // DICT
            case 0x85 -> stack.tuple(1);
            case 0x86 -> stack.tuple(2);
            case 0x87 -> stack.tuple(3);
            case 'c', 'i', 'o', 'R', 'b', 0x81, 0x82, 0x83, 0x84, 0x92, 0x93 -> passOver(opcode);
            default -> stack.push(scalar(opcode));
        }
    }

    private Node scalar(int opcode) throws UnreadableException {
        return switch (opcode) {
            case 'N' -> Blank.NULL;
            case 0x88 -> new Truth(true);
            case 0x89 -> new Truth(false);
            case 'I' -> oldInteger(in.latin1Until('\n', MAX_LINE));
            case 'L' -> integer(in.latin1Until('\n', MAX_DIGITS + 1).replace("L", ""));
            case 'J' -> new Whole((int) in.littleEndian(4));
            case 'K' -> new Whole(in.u8());
            case 'M' -> new Whole(in.littleEndian(2));
            case 0x8a -> longInteger(in.u8());
            case 0x8b -> longInteger(in.littleEndian(4));
            case 'F' -> real(in.latin1Until('\n', MAX_DIGITS));
            case 'G' -> new Real(Double.longBitsToDouble(in.i64()));
            case 'S' -> new Text(unquoted(in.latin1Until('\n', Budget.MAX_BYTES)));
            case 'V' -> new Text(RawUnicodeEscape.decode(in.latin1Until('\n', Budget.MAX_BYTES)));
            case 'U' -> new Text(in.latin1(in.u8()));
            case 'T' -> new Text(in.latin1(in.littleEndian(4)));
            case 0x8c -> new Text(in.utf8(in.u8()));
            case 'X' -> new Text(in.utf8(in.littleEndian(4)));
            case 0x8d -> new Text(in.utf8(in.littleEndian(8)));
            case 'C' -> new Bytes(in.copy(in.u8()));
            case 'B' -> new Bytes(in.copy(in.littleEndian(4)));
            case 0x8e, 0x96 -> new Bytes(in.copy(in.littleEndian(8)));
            default -> throw new UnreadableException(Reason.FORMAT);
        };
    }

    /** Leaves one opaque node for what would be an import, an instance or a call. */
    private void passOver(int opcode) throws UnreadableException {
        switch (opcode) {
            case 'c' -> { // GLOBAL: module, name
                String module = in.latin1Until('\n', MAX_LINE);
                stack.push(named(module, in.latin1Until('\n', MAX_LINE)));
                return;
            }
            case 0x93 -> { // STACK_GLOBAL
                Node name = stack.pop();
                Node module = stack.pop();
                stack.push(named(module.identifier(), name.identifier()));
                return;
            }
            case 'R' -> { // REDUCE
                stack.pop();
                stack.push(stack.pop() == dict ? new Struct("") : Blank.OPAQUE);
                return;
            }
            case 'i' -> { // INST: arguments from the mark, module, name
                stack.popMark();
                in.latin1Until('\n', MAX_LINE);
                in.latin1Until('\n', MAX_LINE);
            }
            case 'o' -> stack.popMark(); // OBJ
            case 0x81 -> stack.drop(2); // NEWOBJ
            case 0x92 -> stack.drop(3); // NEWOBJ_EX
            case 'b' -> { // BUILD: the state of the object below it
                stack.drop(1);
                return;
            }
            case 0x82 -> in.skip(1); // EXT1
            case 0x83 -> in.skip(2); // EXT2
            default -> in.skip(4); // EXT4
        }
        stack.push(Blank.OPAQUE);
    }

    private Node named(@Nullable String module, @Nullable String name) {
        return "collections".equals(module) && name != null && DICTS.contains(name) ? dict : Blank.OPAQUE;
    }

    private void remember(long index) throws UnreadableException {
        budget.node();
        memo.put(index, stack.peek());
    }

    private Node recall(long index) throws UnreadableException {
        Node node = memo.get(index);
        if (node == null) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return node;
    }

    /** As Python writes it in a program; its escapes stay as they are, no identity has any. */
    private static String unquoted(String literal) {
        boolean quoted = literal.length() > 1 && (literal.startsWith("'") || literal.startsWith("\""));
        return quoted && literal.charAt(0) == literal.charAt(literal.length() - 1)
                ? literal.substring(1, literal.length() - 1)
                : literal;
    }

    private long decimal() throws UnreadableException {
        return integer(in.latin1Until('\n', MAX_LINE)) instanceof Whole whole ? whole.value() : -1;
    }

    /** Protocol 0 writes booleans as integers with a zero in front. */
    private static Node oldInteger(String digits) throws UnreadableException {
        return switch (digits) {
            case "00" -> new Truth(false);
            case "01" -> new Truth(true);
            default -> integer(digits);
        };
    }

    private static Node integer(String digits) throws UnreadableException {
        try {
            return digits.length() < 19 ? new Whole(Long.parseLong(digits)) : real(digits);
        } catch (NumberFormatException e) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }

    private static Node real(String digits) throws UnreadableException {
        try {
            return new Real(digits.length() > MAX_DIGITS ? Double.NaN : Double.parseDouble(digits));
        } catch (NumberFormatException e) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }

    private Node longInteger(long length) throws UnreadableException {
        if (length > Long.BYTES) {
            in.skip(length);
            return Blank.OPAQUE;
        }
        byte[] littleEndian = in.copy(length);
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        return new Whole(bigEndian.length == 0 ? 0 : new BigInteger(bigEndian).longValue());
    }
}
