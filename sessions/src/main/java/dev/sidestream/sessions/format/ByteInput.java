package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A cursor over bytes that never reads past their end and never makes room for more than is there. */
final class ByteInput {

    private final byte[] bytes;
    private int position;

    ByteInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    void require(long count) throws UnreadableException {
        if (count < 0 || count > remaining()) {
            throw new UnreadableException(Reason.TRUNCATED);
        }
    }

    int u8() throws UnreadableException {
        require(1);
        return bytes[position++] & 0xff;
    }

    /** The byte so many ahead without moving on; -1 past the end. */
    int peek(int ahead) {
        return ahead < remaining() ? bytes[position + ahead] & 0xff : -1;
    }

    int u16() throws UnreadableException {
        return u8() << 8 | u8();
    }

    int i32() throws UnreadableException {
        return u16() << 16 | u16();
    }

    long i64() throws UnreadableException {
        return ((long) i32() << 32) | (i32() & 0xffff_ffffL);
    }

    long littleEndian(int count) throws UnreadableException {
        require(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[position++] & 0xffL) << (8 * i);
        }
        return value;
    }

    void skip(long count) throws UnreadableException {
        require(count);
        position += (int) count;
    }

    String utf8(long count) throws UnreadableException {
        return text(count, StandardCharsets.UTF_8);
    }

    String latin1(long count) throws UnreadableException {
        return text(count, StandardCharsets.ISO_8859_1);
    }

    byte[] copy(long count) throws UnreadableException {
        require(count);
        byte[] copy = new byte[(int) count];
        System.arraycopy(bytes, position, copy, 0, copy.length);
        position += copy.length;
        return copy;
    }

    /** Bytes up to the next one of this value, which is consumed and left out. */
    String latin1Until(int end, int atMost) throws UnreadableException {
        return until(end, atMost, StandardCharsets.ISO_8859_1);
    }

    /** As {@link #latin1Until}; the bound is one of bytes. */
    String utf8Until(int end, int atMost) throws UnreadableException {
        return until(end, atMost, StandardCharsets.UTF_8);
    }

    private String until(int end, int atMost, Charset charset) throws UnreadableException {
        int limit = Math.min(bytes.length, position + atMost + 1);
        for (int i = position; i < limit; i++) {
            if (bytes[i] == end) {
                String text = text(i - (long) position, charset);
                position++;
                return text;
            }
        }
        throw new UnreadableException(limit == bytes.length ? Reason.TRUNCATED : Reason.FORMAT);
    }

    private String text(long count, Charset charset) throws UnreadableException {
        require(count);
        String text = new String(bytes, position, (int) count, charset);
        position += (int) count;
        return text;
    }
}
