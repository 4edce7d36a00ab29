package dev.sidestream.e2e.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Reads server frames, RFC 6455, section 5.2, and puts fragments together. Fails on what a server must not send. */
final class FrameReader {

    private static final long LOOK_AGAIN = Duration.ofMillis(5).toNanos();

    private final DataInputStream in;
    private final BooleanSupplier paused;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int messageOpcode;

    FrameReader(DataInputStream in, BooleanSupplier paused) {
        this.in = in;
        this.paused = paused;
    }

    /** The next control frame or whole message. */
    Received next() throws IOException {
        while (true) {
            Received frame = frame();
            if (frame.opcode() >= FrameWriter.CLOSE) {
                return frame;
            }
            if (frame.opcode() != FrameWriter.CONTINUATION) {
                messageOpcode = frame.opcode();
            }
            message.writeBytes(frame.payload());
            if (frame.fin()) {
                Received whole = new Received(true, messageOpcode, message.toByteArray());
                message.reset();
                return whole;
            }
        }
    }

    static Closing closing(byte[] payload) {
        if (payload.length < 2) {
            return new Closing(Closing.NO_CODE, "");
        }
        int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        return new Closing(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    private Received frame() throws IOException {
        waitWhilePaused();
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if ((first & 0x70) != 0 || (second & 0x80) != 0) {
            throw new IllegalStateException("A server's frame is masked or has reserved bits set");
        }
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Received((first & 0x80) != 0, first & 0x0f, payload);
    }

    private void waitWhilePaused() {
        while (paused.getAsBoolean()) {
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(boolean fin, int opcode, byte[] payload) {}
}
