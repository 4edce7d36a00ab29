package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.connection.Frame;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Puts a fragmented message together, bounded in bytes and in fragments (RFC 6455 section 5.4). */
final class Fragments {

    private final boolean binary;
    private byte[] bytes;
    private int count = 1;

    Fragments(ByteBuf first, boolean binary) {
        this.binary = binary;
        this.bytes = bytes(first);
    }

    /** False when a bound is passed; the connection must then be closed. */
    boolean append(ByteBuf next, int maxBytes, int maxFragments) {
        int length = next.readableBytes();
        if (++count > maxFragments || bytes.length + length > maxBytes) {
            return false;
        }
        int end = bytes.length;
        bytes = Arrays.copyOf(bytes, end + length);
        next.getBytes(next.readerIndex(), bytes, end, length);
        return true;
    }

    Frame whole() {
        return new Frame(bytes, binary);
    }

    static byte[] bytes(ByteBuf content) {
        byte[] copy = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), copy);
        return copy;
    }
}
