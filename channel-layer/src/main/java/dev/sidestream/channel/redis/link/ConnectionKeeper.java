package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisConnectionException;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection for commands: opens it, asks it each second whether it lives, and replaces it when it is closed or
 * silent. A connection that is replaced fails its commands, so none is ever sent twice.
 *
 * <p>All state is confined to one executor; {@link #current} is published to readers as a volatile.
 */
final class ConnectionKeeper implements AutoCloseable {

    private static final Duration PING = Duration.ofSeconds(1);

    /** Pings time out well before; a server that was promoted meanwhile is found by connecting anew. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long MIN_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<CompletableFuture<CommandConnection>> connector;
    private final Consumer<CommandConnection> adopting;
    private final EventExecutor loop;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final AtomicLong failures = new AtomicLong();
    private final OutageLog absence;

    private volatile @Nullable CommandConnection current;
    private volatile boolean up;
    private volatile boolean closed;

    private boolean connecting;
    private boolean pinging;
    private int attempts;
    private long lastPong;
    private long connectedAt;

    /**
     * Makes one that has not begun.
     *
     * @param server where it connects to, for the log
     * @param adopting is called with each connection before anybody else has it
     */
    ConnectionKeeper(
            String server,
            Supplier<CompletableFuture<CommandConnection>> connector,
            Consumer<CommandConnection> adopting,
            EventExecutor loop) {
        absence = new OutageLog(server, System::nanoTime);
        this.connector = connector;
        this.adopting = adopting;
        this.loop = loop;
    }

    /** Starts connecting; completes with the first connection and fails with the first attempt. Attempts go on. */
    CompletionStage<Void> start() {
        loop.execute(this::connect);
        Detached.each(PING, this::check, loop);
        return first;
    }

    CommandConnection current() {
        CommandConnection connection = current;
        if (connection == null) {
            throw new RedisConnectionException("Redis has not been reached yet");
        }
        return connection;
    }

    /** Null before Redis was reached for the first time. */
    @Nullable
    CommandConnection currentOrNull() {
        return current;
    }

    /** Whether the last ping was answered. */
    boolean isUp() {
        return up;
    }

    /** Attempts to connect that failed, since the start. */
    long failures() {
        return failures.get();
    }

    /** Replaces the connection, unless it is younger than a second; it is used until the new one stands. */
    void reconnect() {
        loop.execute(() -> {
            if (current != null && System.nanoTime() - connectedAt > MIN_AGE_NANOS) {
                connect();
            }
        });
    }

    private void check() {
        CommandConnection connection = current;
        if (closed || connecting || connection == null) {
            return;
        }
        if (!connection.connection().isOpen()) {
            lost("closed");
        } else if (System.nanoTime() - lastPong > SILENCE_NANOS) {
            lost("silent");
        } else if (!pinging) {
            ping(connection);
        }
    }

    private void ping(CommandConnection connection) {
        pinging = true;
        Detached.then(connection.commands().ping(), (pong, error) -> pong(connection, error), loop);
    }

    private void pong(CommandConnection connection, @Nullable Throwable error) {
        pinging = false;
        if (!connection.equals(current)) {
            return;
        }
        if (error == null) {
            lastPong = System.nanoTime();
        }
        up = error == null;
    }

    private void lost(String how) {
        up = false;
        absence.noticed(how);
        connect();
    }

    private void connect() {
        if (closed || connecting) {
            return;
        }
        connecting = true;
        Detached.then(attempt(connector), this::connected, loop);
    }

    private static CompletableFuture<CommandConnection> attempt(
            Supplier<CompletableFuture<CommandConnection>> connector) {
        try {
            return connector.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void connected(@Nullable CommandConnection connection, @Nullable Throwable error) {
        connecting = false;
        if (connection == null) {
            failed(error == null ? new RedisConnectionException("No connection") : error);
        } else if (closed) {
            Detached.close(connection.connection());
        } else {
            replace(connection);
        }
    }

    private void replace(CommandConnection connection) {
        CommandConnection old = current;
        attempts = 0;
        pinging = false;
        connectedAt = System.nanoTime();
        lastPong = connectedAt;
        adopting.accept(connection);
        current = connection;
        up = true; // others ask for it at once
        first.complete(null);
        absence.over();
        if (old != null) {
            Detached.close(old.connection());
        }
        connection.connection().addListener(new WhenDisconnected(() -> loop.execute(() -> disconnected(connection))));
    }

    private void disconnected(CommandConnection connection) {
        // In Cluster one node of several may have gone; the connection as a whole stays open and repairs itself.
        if (connection.equals(current)
                && !closed
                && !connecting
                && !connection.connection().isOpen()) {
            up = false;
            Detached.after(Backoff.CONNECT.after(1), this::check, loop);
        }
    }

    private void failed(Throwable error) {
        failures.incrementAndGet();
        absence.noticed(root(error));
        first.completeExceptionally(error); // no effect once it has completed
        attempts++;
        Detached.after(Backoff.CONNECT.after(attempts), this::connect, loop);
    }

    /** Such as a refused connection or password; neither Redis nor its client ever repeats the password. */
    private static String root(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; depth < 8 && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /** Ends keeping; the connection is closed with its client. */
    @Override
    public void close() {
        closed = true;
        up = false;
    }
}
