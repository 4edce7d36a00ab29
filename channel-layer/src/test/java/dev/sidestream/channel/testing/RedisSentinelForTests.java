package dev.sidestream.channel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A primary, a replica, and three sentinels that need two votes, as processes of this machine. */
public final class RedisSentinelForTests implements AutoCloseable {

    /** The name that the sentinels know the primary by. */
    public static final String MASTER = "main";

    private static final int SENTINELS = 3;

    private final RedisForTests primary = RedisForTests.process();
    private final RedisForTests replica = RedisForTests.process(
            "--replicaof",
            primary.host(),
            Integer.toString(primary.port()),
            "--repl-diskless-sync",
            "yes",
            "--repl-diskless-sync-delay",
            "0");
    private final List<RedisForTests> sentinels = new ArrayList<>();
    private final Path folder;

    private RedisSentinelForTests() {
        try {
            folder = Files.createTempDirectory("sidestream-sentinel");
            for (int i = 0; i < SENTINELS; i++) {
                Path file = folder.resolve("sentinel-" + i + ".conf");
                Files.writeString(file, """
                        sentinel monitor %1$s %2$s %3$d 2
                        sentinel down-after-milliseconds %1$s 1000
                        sentinel failover-timeout %1$s 3000
                        sentinel parallel-syncs %1$s 1
                        """.formatted(MASTER, primary.host(), primary.port()));
                sentinels.add(RedisForTests.process(file.toString(), "--sentinel"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits until every sentinel knows the replica and the other sentinels. */
    public static RedisSentinelForTests create() {
        RedisSentinelForTests all = new RedisSentinelForTests();
        Await.until(
                "the sentinels know each other",
                () -> all.sentinels.stream().allMatch(sentinel -> all.knows(sentinel)));
        return all;
    }

    private boolean knows(RedisForTests sentinel) {
        String state = String.valueOf(sentinel.command("SENTINEL", "MASTER", MASTER));
        return state.contains("num-slaves, 1,") && state.contains("num-other-sentinels, " + (SENTINELS - 1) + ",");
    }

    /** What was the primary at the start. */
    public RedisForTests primary() {
        return primary;
    }

    /** What was the replica at the start. */
    public RedisForTests replica() {
        return replica;
    }

    /** The sentinels. */
    public List<RedisForTests> sentinels() {
        return List.copyOf(sentinels);
    }

    /** What a Spring Boot application needs to find it. */
    public Map<String, String> properties() {
        String nodes = sentinels.stream()
                .map(sentinel -> sentinel.host() + ":" + sentinel.port())
                .collect(Collectors.joining(","));
        return Map.of("spring.data.redis.sentinel.master", MASTER, "spring.data.redis.sentinel.nodes", nodes);
    }

    /**
     * Has a sentinel put the replica in the place of the primary, which is well, and waits for the promotion. What was the primary
     * is forbidden to become a replica, which would end its connections some seconds later: whoever leaves it has another reason.
     */
    public void failOver(RedisForTests sentinel) {
        primary.command("ACL", "SETUSER", "default", "-replicaof", "-slaveof");
        Await.until("the failover begins", () -> isBegun(sentinel));
        Await.until("promoted", this::isPromoted);
    }

    /** The promotion ends all connections of the replica, this one perhaps too. */
    private boolean isPromoted() {
        try {
            return String.valueOf(replica.command("ROLE")).startsWith("[master");
        } catch (UncheckedIOException ended) {
            return false;
        }
    }

    private static boolean isBegun(RedisForTests sentinel) {
        try {
            return "OK".equals(sentinel.command("SENTINEL", "FAILOVER", MASTER));
        } catch (IllegalStateException noGoodReplicaYet) {
            return false;
        }
    }

    /** Stops all of it. */
    @Override
    public void close() {
        sentinels.forEach(RedisForTests::close);
        replica.close();
        primary.close();
        for (int i = 0; i < SENTINELS; i++) {
            folder.resolve("sentinel-" + i + ".conf").toFile().delete();
        }
        folder.toFile().delete();
    }
}
