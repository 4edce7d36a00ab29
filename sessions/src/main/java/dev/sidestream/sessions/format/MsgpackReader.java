package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.Node.Bytes;
import dev.sidestream.sessions.format.Node.Real;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.format.Node.Truth;
import dev.sidestream.sessions.format.Node.Whole;
import dev.sidestream.sessions.format.UnreadableException.Reason;

/** Reads MessagePack, one value; extension types are passed over. */
final class MsgpackReader {

    private final ByteInput in;
    private final Budget budget = new Budget();

    private MsgpackReader(byte[] bytes) {
        in = new ByteInput(bytes);
    }

    /** As {@link PayloadReader#read}. */
    static Node read(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        MsgpackReader reader = new MsgpackReader(bytes);
        Node node = reader.value();
        if (reader.in.remaining() > 0) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return node;
    }

    private Node value() throws UnreadableException {
        budget.node();
        int tag = in.u8();
        if (tag <= 0x7f) {
            return new Whole(tag);
        }
        if (tag <= 0x8f) {
            return map(tag & 0x0f);
        }
        if (tag <= 0x9f) {
            return array(tag & 0x0f);
        }
        if (tag <= 0xbf) {
            return new Text(in.utf8(tag & 0x1f));
        }
        return tag >= 0xe0 ? new Whole((byte) tag) : tagged(tag);
    }

    private Node tagged(int tag) throws UnreadableException {
        return switch (tag) {
            case 0xc0 -> Blank.NULL;
            case 0xc2 -> new Truth(false);
            case 0xc3 -> new Truth(true);
            case 0xc4, 0xc5, 0xc6 -> new Bytes(in.copy(length(tag - 0xc4)));
            case 0xc7, 0xc8, 0xc9 -> extension(length(tag - 0xc7));
            case 0xca -> new Real(Float.intBitsToFloat(in.i32()));
            case 0xcb -> new Real(Double.longBitsToDouble(in.i64()));
            case 0xcc, 0xcd, 0xce -> new Whole(length(tag - 0xcc));
            case 0xcf -> unsigned(in.i64());
            case 0xd0 -> new Whole((byte) in.u8());
            case 0xd1 -> new Whole((short) in.u16());
            case 0xd2 -> new Whole(in.i32());
            case 0xd3 -> new Whole(in.i64());
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1L << (tag - 0xd4));
            case 0xd9, 0xda, 0xdb -> new Text(in.utf8(length(tag - 0xd9)));
            case 0xdc, 0xdd -> array(length(tag - 0xdc + 1));
            case 0xde, 0xdf -> map(length(tag - 0xde + 1));
            default -> throw new UnreadableException(Reason.FORMAT);
        };
    }

    /** An unsigned number of 1, 2 or 4 bytes. */
    private long length(int power) throws UnreadableException {
        return switch (power) {
            case 0 -> in.u8();
            case 1 -> in.u16();
            default -> in.i32() & 0xffff_ffffL;
        };
    }

    private static Node unsigned(long bits) {
        return bits >= 0
                ? new Whole(bits)
                : new Real(new java.math.BigInteger(Long.toUnsignedString(bits)).doubleValue());
    }

    private Node extension(long length) throws UnreadableException {
        in.skip(1 + length);
        return Blank.OPAQUE;
    }

    private Node array(long size) throws UnreadableException {
        in.require(size);
        budget.enter();
        Struct struct = new Struct("");
        for (long i = 0; i < size; i++) {
            struct.add(value());
        }
        budget.leave();
        return struct;
    }

    private Node map(long size) throws UnreadableException {
        in.require(2 * size);
        budget.enter();
        Struct struct = new Struct("");
        for (long i = 0; i < size; i++) {
            Node key = value();
            struct.put(key, value());
        }
        budget.leave();
        return struct;
    }
}
