package dev.sidestream.channel.testing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One real Redis, empty at its start, on a port of its own that stays the same for its whole life.
 *
 * <p>The system property {@code sidestream.test.redis} chooses what runs: {@code embedded} (the default) a server binary as a
 * process of this machine, {@code container} a {@code RedisContainer}. Both keep an append-only file, so that what was
 * acknowledged survives {@link #kill()} and {@link #start()}. Every wait in here is bounded.
 */
public final class RedisForTests implements AutoCloseable {

    /** The system property that chooses between {@code embedded} and {@code container}. */
    public static final String KIND = "sidestream.test.redis";

    private static final Object LOCK = new Object();

    private static @Nullable RedisForTests shared;

    private final RedisServer server;

    private RedisForTests(RedisServer server) {
        this.server = server;
    }

    /**
     * Starts a Redis of the test's own, to be closed by the test.
     *
     * @param settings more arguments of redis-server, such as {@code --maxmemory}, {@code 20mb}
     */
    public static RedisForTests create(String... settings) {
        RedisForTests redis =
                new RedisForTests(isContainer() ? new ContainerRedis(settings) : new EmbeddedRedis(settings));
        redis.start();
        return redis;
    }

    /** Starts a server process, whatever the kind: for topologies, whose servers must reach each other. */
    public static RedisForTests process(String... settings) {
        RedisForTests redis = new RedisForTests(new EmbeddedRedis(settings));
        redis.start();
        return redis;
    }

    /** The one Redis that the tests of this JVM share; stopped when the JVM ends. Never kill or pause this one. */
    public static RedisForTests shared() {
        synchronized (LOCK) {
            if (shared == null) {
                RedisForTests redis = create();
                Runtime.getRuntime().addShutdownHook(new Thread(redis::close, "close-shared-redis"));
                shared = redis;
            }
            return shared;
        }
    }

    /** Whether the servers are containers; else they are processes of this machine. */
    public static boolean isContainer() {
        String kind = System.getProperty(KIND, "embedded");
        return switch (kind) {
            case "container" -> true;
            case "embedded" -> false;
            default -> throw new IllegalStateException(KIND + " is '" + kind + "', it must be embedded or container");
        };
    }

    /** The host to connect to. */
    public String host() {
        return server.host();
    }

    /** The port to connect to; the same before and after a restart. */
    public int port() {
        return server.port();
    }

    /** What a Spring Boot application needs to find this Redis. */
    public Map<String, String> properties() {
        return Map.of("spring.data.redis.host", host(), "spring.data.redis.port", Integer.toString(port()));
    }

    /** Starts it after {@link #kill()}, with the data it had, and waits until it answers. */
    public void start() {
        server.start();
        Await.until("Redis answers", () -> Resp.answers(host(), port()));
    }

    /** Ends the process with SIGKILL, as a crash would. The data on disk stay. */
    public void kill() {
        server.kill();
    }

    /** {@link #kill()}, then {@link #start()}. */
    public void restart() {
        kill();
        start();
    }

    /** SIGSTOP: connections stay open, nothing is answered. */
    public void pause() {
        server.signal("STOP");
    }

    /** SIGCONT after {@link #pause()}. */
    public void resume() {
        server.signal("CONT");
    }

    /** FLUSHALL: everything is gone at once. */
    public void flush() {
        command("FLUSHALL");
    }

    /**
     * Sends one command on a connection of its own and waits for the answer.
     *
     * @return a String, a Long, a List of these, or null
     * @throws IllegalStateException for an error reply, with its text
     */
    public @Nullable Object command(String... words) {
        return Resp.command(host(), port(), words);
    }

    /** Stops it and removes its data. */
    @Override
    public void close() {
        server.close();
    }
}
