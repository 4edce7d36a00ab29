package dev.sidestream.ws.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;

/**
 * One frame as one dialect says it: whole bytes for the wire, in three parts, so that a message's payload is never copied before it
 * is written to the buffer that goes to the sockets. Immutable; shared by all receivers. The arrays must not be changed.
 *
 * @param head what precedes the payload, with the header of the WebSocket frame
 * @param payload bytes of the message as its author wrote them; empty for a frame without a message
 * @param tail what follows it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are shared by all receivers
public record EncodedFrame(byte[] head, byte[] payload, byte[] tail) {

    private static final byte[] NOTHING = {};

    /** A frame without a message. */
    static EncodedFrame of(byte[] whole) {
        return new EncodedFrame(whole, NOTHING, NOTHING);
    }

    /** Bytes of the whole frame. */
    public int length() {
        return head.length + payload.length + tail.length;
    }

    /** Appends the whole frame; the buffer must have room for {@link #length()} bytes or be able to grow. */
    public void writeTo(ByteBuf buffer) {
        buffer.writeBytes(head).writeBytes(payload).writeBytes(tail);
    }

    /** The whole frame in a buffer of its own, which the caller releases. */
    public ByteBuf toBuffer(ByteBufAllocator allocator) {
        ByteBuf buffer = allocator.directBuffer(length());
        writeTo(buffer);
        return buffer;
    }

    /** The whole frame as one array. */
    public byte[] toBytes() {
        byte[] bytes = Arrays.copyOf(head, length());
        System.arraycopy(payload, 0, bytes, head.length, payload.length);
        System.arraycopy(tail, 0, bytes, head.length + payload.length, tail.length);
        return bytes;
    }
}
