package dev.sidestream.ws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of whole unmasked WebSocket frames (RFC 6455 section 5.2), ready to be written to a socket. */
public final class WireFrames {

    static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private WireFrames() {}

    /** A text frame of text that a consumer made. */
    public static byte[] text(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return frame(TEXT, payload);
    }

    /** A ping without payload. */
    public static byte[] ping() {
        return frame(PING, new byte[0]);
    }

    /** The pong that answers a ping. */
    public static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /** A close frame; the reason is cut to the 123 bytes that section 5.5 leaves for it. */
    public static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + Math.min(text.length, 123)];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, payload.length - 2);
        return frame(CLOSE, payload);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        byte[] bytes = new byte[JsonBytes.HEADER_ROOM + payload.length];
        System.arraycopy(payload, 0, bytes, JsonBytes.HEADER_ROOM, payload.length);
        int from = header(bytes, JsonBytes.HEADER_ROOM, payload.length, opcode);
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    /**
     * Puts the header of a frame in front of its payload.
     *
     * @param start where the payload begins; {@link JsonBytes#HEADER_ROOM} bytes before it are free
     * @param length bytes of the payload
     * @return where the frame begins
     */
    static int header(byte[] bytes, int start, int length, int opcode) {
        int from;
        if (length < 126) {
            from = start - 2;
            bytes[from + 1] = (byte) length;
        } else if (length < 1 << 16) {
            from = start - 4;
            bytes[from + 1] = 126;
            bytes[from + 2] = (byte) (length >> 8);
            bytes[from + 3] = (byte) length;
        } else {
            from = start - 10;
            bytes[from + 1] = 127;
            Arrays.fill(bytes, from + 2, from + 6, (byte) 0);
            for (int i = 0; i < 4; i++) {
                bytes[from + 6 + i] = (byte) (length >> (24 - 8 * i));
            }
        }
        bytes[from] = (byte) opcode;
        return from;
    }
}
