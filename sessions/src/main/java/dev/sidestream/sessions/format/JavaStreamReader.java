package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.Node.Real;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.format.Node.Truth;
import dev.sidestream.sessions.format.Node.Whole;
import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads what {@code ObjectOutputStream} writes (Java Object Serialization Specification, chapter 6), the first object of it.
 *
 * <p>An object becomes a {@link Struct} with the fields of all its classes, the subclass's counting where two have one name.
 * The objects among the data that a class wrote by itself become the items, so a list's elements and a map's keys and
 * values, in turn, are found there. Their raw bytes are passed over.
 */
final class JavaStreamReader {

    private static final int MAGIC_AND_VERSION = 0xACED_0005;

    private static final int NULL = 0x70;
    private static final int REFERENCE = 0x71;
    private static final int CLASS_DESCRIPTION = 0x72;
    private static final int OBJECT = 0x73;
    private static final int STRING = 0x74;
    private static final int ARRAY = 0x75;
    private static final int CLASS = 0x76;
    private static final int BLOCK = 0x77;
    private static final int END_BLOCK = 0x78;
    private static final int RESET = 0x79;
    private static final int LONG_BLOCK = 0x7A;
    private static final int EXCEPTION = 0x7B;
    private static final int LONG_STRING = 0x7C;
    private static final int PROXY_DESCRIPTION = 0x7D;
    private static final int ENUM = 0x7E;

    private final ByteInput in;
    private final Budget budget = new Budget();
    private final JavaHandles handles = new JavaHandles();
    private final JavaClassReader classes;

    private JavaStreamReader(byte[] bytes) {
        in = new ByteInput(bytes);
        classes = new JavaClassReader(in, budget, handles, this::skipCustomData);
    }

    /** As {@link PayloadReader#read}. */
    static Node read(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        JavaStreamReader reader = new JavaStreamReader(bytes);
        if (reader.in.i32() != MAGIC_AND_VERSION) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return reader.content(reader.in.u8());
    }

    /** Whether bytes say of themselves that they are such a stream. */
    static boolean recognizes(byte[] bytes) {
        return bytes.length >= 4 && bytes[0] == (byte) 0xAC && bytes[1] == (byte) 0xED;
    }

    private Node content(int tag) throws UnreadableException {
        budget.node();
        budget.enter();
        Node node = switch (tag) {
            case NULL -> Blank.NULL;
            case REFERENCE -> handles.node(in.i32());
            case OBJECT -> object();
            case STRING -> handles.add(new Text(ModifiedUtf8.read(in, in.u16())));
            case LONG_STRING -> handles.add(new Text(ModifiedUtf8.read(in, in.i64())));
            case ARRAY -> array();
            case ENUM -> enumConstant();
            case CLASS -> {
                classes.read(in.u8());
                yield handles.add(Blank.OPAQUE);
            }
            case CLASS_DESCRIPTION, PROXY_DESCRIPTION -> {
                classes.read(tag);
                yield Blank.OPAQUE;
            }
            // What follows an exception is the exception that broke the writing off: there is no value then. A
            // reset may only stand between top-level objects, of which a session value has one.
            case EXCEPTION, RESET -> throw new UnreadableException(Reason.FORMAT);
            default -> throw new UnreadableException(Reason.FORMAT);
        };
        budget.leave();
        return node;
    }

    private Node object() throws UnreadableException {
        JavaClass type = classes.read(in.u8());
        Struct struct = handles.add(new Struct(type.name()));
        for (JavaClass level : lineage(type)) {
            if (level.hasFields()) {
                for (JavaClass.Field field : level.fields()) {
                    struct.put(field.name(), value(field.type()));
                }
            }
            if (level.hasCustomData()) {
                customData(struct);
            }
        }
        return struct;
    }

    private static Iterable<JavaClass> lineage(JavaClass type) {
        Deque<JavaClass> fromRoot = new ArrayDeque<>(type.depth());
        for (JavaClass level = type; level != null; level = level.parent()) {
            fromRoot.push(level);
        }
        return fromRoot;
    }

    private void customData(Struct into) throws UnreadableException {
        for (int tag = in.u8(); tag != END_BLOCK; tag = in.u8()) {
            switch (tag) {
                case BLOCK -> in.skip(in.u8());
                case LONG_BLOCK -> in.skip(in.i32());
                default -> into.add(content(tag));
            }
        }
    }

    private void skipCustomData() throws UnreadableException {
        customData(new Struct(""));
    }

    private Node array() throws UnreadableException {
        JavaClass type = classes.read(in.u8());
        Struct struct = handles.add(new Struct(type.name()));
        int size = in.i32();
        char element = type.name().length() > 1 ? type.name().charAt(1) : '?';
        int width = width(element);
        if (width > 0) {
            in.skip((long) width * (size & 0xffff_ffffL));
        } else {
            in.require(size);
            for (int i = 0; i < size; i++) {
                struct.add(value(element));
            }
        }
        return struct;
    }

    private Node enumConstant() throws UnreadableException {
        JavaClass type = classes.read(in.u8());
        Struct struct = handles.add(new Struct(type.name()));
        struct.put("name", content(in.u8()));
        return struct;
    }

    private Node value(char type) throws UnreadableException {
        return switch (type) {
            case 'L', '[' -> content(in.u8());
            case 'Z' -> primitive(new Truth(in.u8() != 0));
            case 'B' -> primitive(new Whole((byte) in.u8()));
            case 'C' -> primitive(new Whole(in.u16()));
            case 'S' -> primitive(new Whole((short) in.u16()));
            case 'I' -> primitive(new Whole(in.i32()));
            case 'J' -> primitive(new Whole(in.i64()));
            case 'F' -> primitive(new Real(Float.intBitsToFloat(in.i32())));
            case 'D' -> primitive(new Real(Double.longBitsToDouble(in.i64())));
            default -> throw new UnreadableException(Reason.FORMAT);
        };
    }

    private Node primitive(Node value) throws UnreadableException {
        budget.node();
        return value;
    }

    /** Bytes of an element of a primitive array; 0 for objects and arrays. */
    private static int width(char type) throws UnreadableException {
        return switch (type) {
            case 'Z', 'B' -> 1;
            case 'C', 'S' -> 2;
            case 'I', 'F' -> 4;
            case 'J', 'D' -> 8;
            case 'L', '[' -> 0;
            default -> throw new UnreadableException(Reason.FORMAT);
        };
    }
}
