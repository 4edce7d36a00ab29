package dev.sidestream.ws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object straight into bytes, leaving room in front for the header of the WebSocket frame. */
final class JsonBytes {

    /** The longest header of an unmasked frame (RFC 6455 section 5.2). */
    static final int HEADER_ROOM = 10;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int size = HEADER_ROOM;
    private boolean first = true;

    /** Stands between what was written before it and what comes after; empty until {@link #splice}. */
    private byte[] spliced = {};

    private int spliceAt;

    JsonBytes(int expected) {
        bytes = new byte[HEADER_ROOM + expected];
    }

    JsonBytes open() {
        put('{');
        first = true;
        return this;
    }

    JsonBytes close() {
        put('}');
        first = false;
        return this;
    }

    /** Begins a field; a value must follow. */
    JsonBytes name(String name) {
        comma();
        put('"');
        ascii(name);
        put('"');
        put(':');
        return this;
    }

    JsonBytes field(String name, @Nullable String value) {
        name(name);
        return value == null ? literal("null") : string(value);
    }

    JsonBytes field(String name, long value) {
        name(name);
        ascii(Long.toString(value));
        return this;
    }

    JsonBytes field(String name, boolean value) {
        name(name);
        return literal(value ? "true" : "false");
    }

    JsonBytes raw(String name, byte[] json) {
        name(name);
        room(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        return this;
    }

    /** As {@link #raw}, without copying the value: it becomes the payload of the frame. Once per frame. */
    void splice(String name, byte[] json) {
        name(name);
        spliced = json;
        spliceAt = size;
    }

    /** An element of an array: the separator between it and the one before. */
    void comma() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    JsonBytes openArray(String name) {
        name(name);
        put('[');
        first = true;
        return this;
    }

    JsonBytes closeArray() {
        put(']');
        first = false;
        return this;
    }

    JsonBytes literal(String ascii) {
        ascii(ascii);
        return this;
    }

    JsonBytes string(String value) {
        put('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                put(c);
            } else if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c < 0x20 || c == 0x7F || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
                escape(c);
            } else {
                room(3);
                if (c < 0x800) {
                    bytes[size++] = (byte) (0xC0 | c >> 6);
                } else {
                    bytes[size++] = (byte) (0xE0 | (c >> 12));
                    bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                }
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        put('"');
        return this;
    }

    /** The object as a finished text frame. */
    EncodedFrame toTextFrame() {
        int end = spliceAt == 0 ? size : spliceAt;
        int start = WireFrames.header(bytes, HEADER_ROOM, size - HEADER_ROOM + spliced.length, WireFrames.TEXT);
        byte[] head = Arrays.copyOfRange(bytes, start, end);
        return spliceAt == 0
                ? EncodedFrame.of(head)
                : new EncodedFrame(head, spliced, Arrays.copyOfRange(bytes, spliceAt, size));
    }

    private void escape(char c) {
        room(6);
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[c >> shift & 0xF];
        }
    }

    private void ascii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
