package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Build;
import dev.sidestream.bench.lab.LabException;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Publishes to 100 rooms in turn, as a program would that has nothing of a build but its script; for one thread. */
final class Publisher implements AutoCloseable {

    private static final int ROOMS = 100;
    private static final int PARTITIONS = 16;
    private static final String DATA = '"' + "x".repeat(126) + '"';
    private static final String LIFE = ":life";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final String digest;
    private final List<String[]> keys;
    private final List<String[]> arguments;
    private int next;

    Publisher(int redisPort, Build build) {
        client = RedisClient.create("redis://127.0.0.1:" + redisPort);
        connection = client.connect();
        String script = PublishScript.of(build.jar());
        digest = connection.sync().scriptLoad(script);
        connection.setAutoFlushCommands(false);
        keys = forEachRoom(known(script, build.publishKeys()));
        arguments = forEachRoom(build.publishArguments());
    }

    /** Without the key that earlier scripts did not take, which would be a cid's to them. */
    private static List<String> known(String script, List<String> templates) {
        return templates.stream()
                .filter(key -> !key.endsWith(LIFE) || script.contains(LIFE))
                .toList();
    }

    private static List<String[]> forEachRoom(List<String> templates) {
        return IntStream.range(0, ROOMS)
                .mapToObj(room -> values("quiet" + room))
                .map(values -> templates.stream()
                        .map(template -> Build.fill(template, values))
                        .toArray(String[]::new))
                .toList();
    }

    private static Map<String, String> values(String room) {
        CRC32 crc = new CRC32();
        crc.update(room.getBytes(StandardCharsets.UTF_8));
        String partition = Long.toString(crc.getValue() % PARTITIONS);
        return Map.of("room", room, "k", partition, "none", "", "data", DATA);
    }

    /** So many publications, so many sent together each time that the last ones have been answered. */
    void publish(int count, int together) {
        publish(count, together, Double.POSITIVE_INFINITY);
    }

    /** The same, but at most so many a second, on a schedule that is made up for when an answer was late. */
    void publish(int count, int together, double rate) {
        long start = System.nanoTime();
        for (int sent = 0; sent < count; sent += together) {
            long due = start + (long) (1e9 * sent / rate);
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            batch(Math.min(together, count - sent));
        }
    }

    private void batch(int size) {
        RedisFuture<?>[] answers = new RedisFuture<?>[size];
        Arrays.setAll(answers, i -> {
            int room = next++ % ROOMS;
            return connection.async().evalsha(digest, ScriptOutputType.MULTI, keys.get(room), arguments.get(room));
        });
        connection.flushCommands();
        try {
            if (!LettuceFutures.awaitAll(PATIENCE.toSeconds(), TimeUnit.SECONDS, answers)) {
                throw new LabException("Redis has not answered for " + PATIENCE.toSeconds() + " s");
            }
        } catch (RedisException e) {
            throw new LabException(
                    "The build's script cannot be called as its build.properties says: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
