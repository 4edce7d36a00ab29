package dev.sidestream.e2e.client;

import dev.sidestream.e2e.schema.FrameSchema;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One live socket of a client that hides nothing: it sends what it is told to, reads as fast as it is told to, and says how the
 * connection ended. Every frame of a room is held against the schema. A thread of its own reads; all methods may be called by
 * any thread.
 */
public final class WebSocketClient implements AutoCloseable {

    /** Generous, for a machine that runs much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Set<WebSocketClient> OPEN = ConcurrentHashMap.newKeySet();

    private final Socket socket;
    private final String family;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closing> closing = new CompletableFuture<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean paused;
    private volatile boolean mute;

    WebSocketClient(Socket socket, String family) {
        this.socket = socket;
        this.family = family;
        OPEN.add(this);
        Thread.ofVirtual().name("websocket-client").start(this::read);
    }

    /** Ends every connection that a test has left open. */
    public static void cutAll() {
        OPEN.forEach(WebSocketClient::cut);
    }

    /** Sends a text message in one frame. */
    public void send(String text) {
        sendRaw(FrameWriter.frame(FrameWriter.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends bytes as they are. */
    public void sendRaw(byte[] bytes) {
        writing.lock();
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }

    /** Stops reading: what comes stays in the kernel's buffers, and then with the sender. */
    public void stopReading() {
        paused = true;
    }

    /** Reads on after {@link #stopReading()}. */
    public void readOn() {
        paused = false;
    }

    /** Answers neither pings nor a close any more. */
    public void playDead() {
        mute = true;
    }

    /** The next text as it came; fails when none comes, and when the connection ends first. */
    public String nextText() {
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - deadline < 0) {
                String text = received.poll(100, TimeUnit.MILLISECONDS);
                if (text != null) {
                    return text;
                }
                if (closing.isDone() && received.isEmpty()) {
                    throw new AssertionError("The connection ended: " + closing.join());
                }
            }
            throw new AssertionError("Nothing came within " + PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next frame. */
    public Frame next() {
        return Frame.of(nextText());
    }

    /** The next frame that fits; those before it are dropped. */
    public Frame next(Predicate<Frame> fits) {
        Frame frame = next();
        while (!fits.test(frame)) {
            frame = next();
        }
        return frame;
    }

    /** The next frame of a type; those before it are dropped. */
    public Frame next(String type) {
        return next(frame -> frame.is(type));
    }

    /** What is there already, or comes within the given time; null when nothing does. */
    public @Nullable Frame poll(Duration patience) {
        try {
            String text = received.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            return text == null ? null : Frame.of(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many frames wait to be taken. */
    public int waiting() {
        return received.size();
    }

    /** How the connection ended; waits for it. */
    public Closing closed() {
        return closed(PATIENCE);
    }

    /** How the connection ended; waits for it. */
    public Closing closed(Duration patience) {
        try {
            return closing.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The connection did not end within " + patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    public boolean isOpen() {
        return !closing.isDone();
    }

    /** Leaves with 1000 and without waiting for the answer. */
    @Override
    public void close() {
        try {
            sendRaw(FrameWriter.frame(FrameWriter.CLOSE, FrameWriter.close(1000)));
        } catch (UncheckedIOException alreadyGone) {
            // The same end.
        }
        cut();
    }

    /** Ends the connection without a word. */
    public void cut() {
        OPEN.remove(this);
        paused = false;
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            socket.setSoTimeout(0);
            FrameReader reader = new FrameReader(new DataInputStream(socket.getInputStream()), () -> paused);
            while (true) {
                FrameReader.Received frame = reader.next();
                switch (frame.opcode()) {
                    case FrameWriter.TEXT -> text(new String(frame.payload(), StandardCharsets.UTF_8));
                    case FrameWriter.PING -> answer(FrameWriter.PONG, frame.payload());
                    case FrameWriter.CLOSE -> {
                        answer(FrameWriter.CLOSE, frame.payload());
                        closing.complete(FrameReader.closing(frame.payload()));
                        return;
                    }
                    default -> {}
                }
            }
        } catch (IOException e) {
            closing.complete(new Closing(Closing.NO_FRAME, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            closing.completeExceptionally(e);
        }
    }

    private void text(String text) {
        if (!family.isEmpty()) {
            FrameSchema.observe(family, text);
        }
        received.add(text);
    }

    private void answer(int opcode, byte[] payload) {
        if (mute) {
            return;
        }
        try {
            sendRaw(FrameWriter.frame(opcode, payload));
        } catch (UncheckedIOException peerIsGone) {
            // Reading will tell.
        }
    }
}
