package dev.sidestream.e2e.history;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.client.Closing;
import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.RefusedException;
import dev.sidestream.e2e.client.WebSocketClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A logical client of a room in full mode that never gives up: it resumes after each cut, sends each message with the same cid
 * until it is answered, and writes all of it down in a {@link History}. Its choices come from a seed. One thread keeps the
 * socket, the caller's thread sends.
 */
public final class Member implements AutoCloseable {

    private static final Duration ACK = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final History history;
    private final Door door;
    private final Random random;
    private final Map<String, CompletableFuture<Frame>> answers = new ConcurrentHashMap<>();
    private final List<String> nodes = new CopyOnWriteArrayList<>();
    private final List<Closing> closings = new CopyOnWriteArrayList<>();
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private volatile @Nullable WebSocketClient live;
    private volatile @Nullable String since;
    private volatile boolean emptyWhenJoined;
    private volatile boolean leaving;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private volatile @Nullable String ownLatest;
    private final AtomicInteger sent = new AtomicInteger();

    public Member(String name, History history, Door door, long seed) {
        this.name = name;
        this.history = history;
        this.door = door;
        this.random = new Random(seed ^ name.hashCode());
        Thread.ofVirtual().name("member-" + name).start(this::live);
        Await.until(name + " is welcomed", PATIENCE, () -> live != null);
    }

    /** Sends so many messages with short random pauses, each until it is acknowledged or refused for good. */
    public void send(int count) {
        for (int i = 0; i < count; i++) {
            publish(name + "-" + sent.incrementAndGet());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2, 30)));
        }
    }

    /** Waits until it has received, or was told about, everything up to a message. */
    public void awaitSeen(String id) {
        Await.until(name + " has seen " + id + ", it is at " + since, PATIENCE, () -> id.equals(since));
    }

    /** Waits until its own latest message has come back, and returns the id of that. */
    public String awaitOwn() {
        Await.until(name + " has its own message back", PATIENCE, () -> ownLatest != null);
        return ownLatest;
    }

    /** How many of its messages were acknowledged. */
    public int acknowledged() {
        return acknowledged.get();
    }

    /** How many messages it received. */
    public int received() {
        return received.get();
    }

    /** The nodes that it was connected to, in order. */
    public List<String> nodes() {
        return List.copyOf(nodes);
    }

    /** How its connections ended, in order. */
    public List<Closing> closings() {
        return List.copyOf(closings);
    }

    /** The reasons of the gaps that it was told of, in order. */
    public List<String> gaps() {
        return List.copyOf(gaps);
    }

    /** What its messages were answered with instead of an acknowledgement, in order. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Whether it is connected and was welcomed. */
    public boolean isLive() {
        WebSocketClient socket = live;
        return socket != null && socket.isOpen();
    }

    /** The id that it would resume after; null when it knows none. */
    public @Nullable String position() {
        return since;
    }

    @Override
    public void close() {
        leaving = true;
        WebSocketClient socket = live;
        if (socket != null) {
            socket.close();
        }
    }

    private void publish(String key) {
        history.invoked(key);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0 && !leaving) {
            Frame answer = attempt(key);
            if (answer != null && answer.is("ack")) {
                history.acknowledged(key, answer.get("id"));
                acknowledged.incrementAndGet();
                return;
            }
            if (answer != null) {
                refusals.add(answer.get("code"));
                if (answer.get("retry_after") == null) {
                    history.refused(key);
                    return;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50, 250)));
        }
        throw new AssertionError(name + " got no final answer to " + key + " within " + PATIENCE);
    }

    /** Sends once; the answer, or null when none came, in which case the outcome is unknown. */
    private @Nullable Frame attempt(String key) {
        WebSocketClient socket = live;
        if (socket == null) {
            return null;
        }
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        answers.put(key, answer);
        try {
            socket.send("{\"message\":\"" + key + "\",\"cid\":\"" + key + "\"}");
            return answer.get(ACK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | UncheckedIOException unknown) {
            return null;
        } catch (ExecutionException cut) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            answers.remove(key);
        }
    }

    private void live() {
        while (!leaving) {
            try (WebSocketClient socket = door.handshake(query()).connect()) {
                follow(socket);
                Closing closing = socket.closed();
                closings.add(closing);
                if (closing.code() >= 4009 && closing.code() <= 4011) {
                    door.signInAgain();
                }
            } catch (RefusedException e) {
                if (e.status() == 401) {
                    door.signInAgain();
                }
            } catch (UncheckedIOException notThere) {
                // Tried again.
            }
            live = null;
            answers.values().forEach(answer -> answer.completeExceptionally(new IllegalStateException("cut")));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(20, 300)));
        }
    }

    private String query() {
        if (since != null) {
            return "?since=" + since;
        }
        return emptyWhenJoined ? "?history=1000" : "";
    }

    private void follow(WebSocketClient socket) {
        while (socket.isOpen() || socket.waiting() > 0) {
            Frame frame = socket.poll(Duration.ofMillis(200));
            if (frame != null) {
                receive(socket, frame);
            }
        }
    }

    private void receive(WebSocketClient socket, Frame frame) {
        switch (frame.type()) {
            case "welcome" -> {
                history.joined(
                        name, frame.get("tail"), frame.json().get("resumed").asBoolean());
                nodes.add(frame.get("node"));
                if (since == null && frame.number("replayed") == 0) {
                    since = frame.get("tail");
                    emptyWhenJoined = since == null;
                }
                live = socket;
            }
            case "gap" -> {
                history.gap(name, frame.get("first"), frame.get("id"));
                since = frame.get("id") == null ? since : frame.get("id");
                gaps.add(frame.get("reason"));
            }
            case "message" -> {
                history.received(name, frame.get("id"), frame.get("message"));
                since = frame.get("id");
                received.incrementAndGet();
                if ((name + "-" + sent.get()).equals(frame.get("message"))) {
                    ownLatest = since;
                }
            }
            case "ack", "error" -> {
                CompletableFuture<Frame> answer = answers.get(String.valueOf(frame.get("cid")));
                if (answer != null) {
                    answer.complete(frame);
                }
            }
            default -> {}
        }
    }
}
