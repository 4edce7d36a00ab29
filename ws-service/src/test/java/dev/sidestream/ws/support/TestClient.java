package dev.sidestream.ws.support;

import dev.sidestream.channel.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One bare socket of a client. A thread of its own reads; everything may be called from any thread. */
public final class TestClient implements AutoCloseable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** The connection ended without a close frame. */
    public static final int CUT = 1006;

    private static final long PATIENCE_SECONDS = 30;
    private static final Set<TestClient> OPEN = ConcurrentHashMap.newKeySet();

    private final Socket socket;
    private final DataInputStream in;
    private final String family;
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> controls = new LinkedBlockingQueue<>();
    private final Set<String> pongs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger marks = new AtomicInteger();
    private final CompletableFuture<Closing> closing = new CompletableFuture<>();
    private volatile @Nullable CountDownLatch paused;
    private final CompletableFuture<Boolean> streamEnd = new CompletableFuture<>();
    private volatile boolean mute;

    /** How it ended: the code, or {@link #CUT}, and the reason. */
    public record Closing(int code, String reason) {}

    TestClient(Socket socket, DataInputStream in, String family) {
        this.socket = socket;
        this.in = in;
        this.family = family;
        OPEN.add(this);
        Thread.ofPlatform().daemon().name("test-client").start(this::read);
    }

    static void cutAll() {
        OPEN.forEach(TestClient::cut);
    }

    // ---- out

    public TestClient send(String text) {
        frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Publishes a JSON value in either mode. */
    public TestClient publish(String json) {
        return send("{\"message\":" + json + "}");
    }

    /** Publishes a JSON value that shall be acknowledged. */
    public TestClient publish(String json, String cid) {
        return send("{\"type\":\"message\",\"message\":" + json + ",\"cid\":\"" + cid + "\"}");
    }

    public void ping() {
        frame(true, PING, new byte[] {'x'});
    }

    /** Sends a close frame; the answer is {@link #closing()}. */
    public void leave(int code) {
        frame(true, CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** One masked frame. */
    public void frame(boolean last, int opcode, byte[] payload) {
        raw(masked(last, opcode, payload));
    }

    /** The bytes of one masked frame. */
    public static byte[] masked(boolean last, int opcode, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
        bytes.write(last ? 0x80 | opcode : opcode);
        if (payload.length < 126) {
            bytes.write(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            bytes.write(0x80 | 126);
            bytes.write(payload.length >> 8);
            bytes.write(payload.length);
        } else {
            bytes.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] mask = {17, 34, 51, 68};
        bytes.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ mask[i % 4]);
        }
        return bytes.toByteArray();
    }

    /** Bytes as they are. */
    public synchronized void raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- in

    /** The next text; fails when none comes. */
    public String next() {
        try {
            for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
                String text = texts.poll(100, TimeUnit.MILLISECONDS);
                if (text != null) {
                    return text;
                }
                if (closing.isDone() && texts.isEmpty()) {
                    throw new AssertionError("The connection ended: " + closing.join());
                }
            }
            throw new AssertionError("Nothing came");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonNode nextJson() {
        return JsonMapper.shared().readTree(next());
    }

    /** The next frame of a type; those before it are dropped. */
    public JsonNode next(String type) {
        JsonNode frame = nextJson();
        while (!frame.path("type").asString("").equals(type)) {
            frame = nextJson();
        }
        return frame;
    }

    /** The next control frame's name: ping or pong. */
    public @Nullable String nextControl() {
        try {
            Integer opcode = controls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return opcode == null ? null : opcode == PING ? "ping" : "pong";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The texts that were not taken and those that come before the answer to a ping. What the server decides on later comes
     * later: let it say something that is due behind it first.
     */
    public List<String> untilPong() {
        String mark = "mark " + marks.incrementAndGet();
        frame(true, PING, mark.getBytes(StandardCharsets.UTF_8));
        Await.until("the ping is answered", () -> pongs.contains(mark) || closing.isDone());
        if (!pongs.contains(mark)) {
            throw new AssertionError("The connection ended: " + closing.join());
        }
        return taken();
    }

    /** The texts that were not taken and those that come before the server's close frame. */
    public List<String> untilClose() {
        closing();
        return taken();
    }

    private List<String> taken() {
        List<String> all = new ArrayList<>();
        texts.drainTo(all);
        return all;
    }

    /** Waits for the end. */
    public Closing closing() {
        try {
            return closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The connection did not end");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of the stream, which comes behind the close frame; fails after so long. */
    public void untilEndOfStream(Duration patience) {
        Await.until("the stream ends", patience, streamEnd::isDone);
    }

    public boolean isOpen() {
        return !closing.isDone();
    }

    /** Reads nothing more until {@link #readOn()}. */
    public void stopReading() {
        paused = new CountDownLatch(1);
    }

    public void readOn() {
        CountDownLatch latch = paused;
        paused = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    /** Answers neither pings nor a close any more. */
    public void playDead() {
        mute = true;
    }

    /** Leaves properly, without waiting for the answer. */
    @Override
    public void close() {
        try {
            leave(1000);
        } catch (UncheckedIOException alreadyGone) {
            // the same end
        }
        cut();
    }

    /** Ends it without a word. */
    public void cut() {
        OPEN.remove(this);
        readOn();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            while (true) {
                CountDownLatch latch = paused;
                if (latch != null) {
                    latch.await();
                }
                int opcode = in.readUnsignedByte() & 0xF;
                int length = in.readUnsignedByte();
                length = length < 126 ? length : length == 126 ? in.readUnsignedShort() : (int) in.readLong();
                received(opcode, in.readNBytes(length));
            }
        } catch (IOException e) {
            closing.complete(new Closing(CUT, String.valueOf(e.getMessage())));
        } catch (InterruptedException | RuntimeException e) {
            closing.completeExceptionally(e);
        } finally {
            streamEnd.complete(true);
        }
    }

    private void received(int opcode, byte[] payload) {
        switch (opcode) {
            case TEXT -> {
                String text = new String(payload, StandardCharsets.UTF_8);
                if (closing.isDone()) {
                    FrameSchema.violated("After the close frame came: " + text);
                }
                if (!family.isEmpty()) {
                    FrameSchema.check(family, text);
                }
                texts.add(text);
            }
            case PING -> {
                controls.add(PING);
                answer(PONG, payload);
            }
            case PONG -> {
                controls.add(PONG);
                pongs.add(new String(payload, StandardCharsets.UTF_8));
            }
            case CLOSE -> {
                int code = payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
                int from = Math.min(2, payload.length);
                String reason = new String(payload, from, payload.length - from, StandardCharsets.UTF_8);
                answer(CLOSE, payload);
                closing.complete(new Closing(code, reason));
            }
            default -> throw new IllegalStateException("The server sent a frame of kind " + opcode);
        }
    }

    private void answer(int opcode, byte[] payload) {
        if (!mute) {
            try {
                frame(true, opcode, payload);
            } catch (UncheckedIOException gone) {
                // reading will tell
            }
        }
    }
}
