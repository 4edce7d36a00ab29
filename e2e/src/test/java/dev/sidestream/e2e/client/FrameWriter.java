package dev.sidestream.e2e.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** The bytes of client frames, RFC 6455, section 5.2, broken ones too. */
public final class FrameWriter {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private FrameWriter() {}

    /** A whole message in one masked frame. */
    public static byte[] frame(int opcode, byte[] payload) {
        return frame(true, 0, opcode, true, payload);
    }

    /** A frame as the caller wants it; rsv is the three reserved bits, 0 to 7. */
    public static byte[] frame(boolean fin, int rsv, int opcode, boolean masked, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
        out.write((fin ? 0x80 : 0) | rsv << 4 | opcode);
        out.writeBytes(length(masked, payload.length));
        if (!masked) {
            out.writeBytes(payload);
            return out.toByteArray();
        }
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i % 4]);
        }
        return out.toByteArray();
    }

    /** Only the head of a masked text frame that claims to have so many bytes; unsigned, so -1 is the most. */
    public static byte[] head(long claimed) {
        return ByteBuffer.allocate(14)
                .put((byte) (0x80 | TEXT))
                .put((byte) 0xff)
                .putLong(claimed)
                .putInt(0x01020304)
                .array();
    }

    /** The payload of a close frame. */
    public static byte[] close(int code) {
        return new byte[] {(byte) (code >> 8), (byte) code};
    }

    private static byte[] length(boolean masked, int length) {
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            return new byte[] {(byte) (mask | length)};
        }
        if (length < 65_536) {
            return ByteBuffer.allocate(3)
                    .put((byte) (mask | 126))
                    .putShort((short) length)
                    .array();
        }
        return ByteBuffer.allocate(9).put((byte) (mask | 127)).putLong(length).array();
    }
}
