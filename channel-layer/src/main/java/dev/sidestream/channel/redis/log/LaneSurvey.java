package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.Detached;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Everything a lane must know of its server before it reads: one pipelined round trip.
 *
 * @param runId names the server process, see {@link RunIds}
 * @param logs the state of each log, in the order of the lane's partitions
 */
record LaneSurvey(String runId, List<LogState> logs) {

    /** The field of an entry, and that of the partition's life. */
    private static final byte[] COUNT = {'x'};

    private static final byte[] LIFE_COUNT = "count".getBytes(US_ASCII);

    static CompletionStage<LaneSurvey> take(
            RedisAsyncCommands<byte[], byte[]> commands, RunIds runIds, Keys keys, int[] partitions) {
        CompletableFuture<String> runId = runIds.of(commands).toCompletableFuture();
        mark(commands, keys, partitions);
        CompletionStage<List<byte[]>> marks = marks(commands, keys, partitions);
        List<CompletableFuture<List<StreamMessage<byte[], byte[]>>>> first = new ArrayList<>();
        List<CompletableFuture<List<StreamMessage<byte[], byte[]>>>> last = new ArrayList<>();
        for (int partition : partitions) {
            byte[] log = keys.log(partition);
            first.add(commands.xrange(log, Range.unbounded(), Limit.from(1)).toCompletableFuture());
            last.add(commands.xrevrange(log, Range.unbounded(), Limit.from(1)).toCompletableFuture());
        }
        List<CompletableFuture<?>> all = new ArrayList<>(first);
        all.addAll(last);
        all.add(runId);
        all.add(marks.toCompletableFuture());
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> {
            List<byte[]> known = marks.toCompletableFuture().join();
            List<LogState> logs = new ArrayList<>();
            for (int i = 0; i < partitions.length; i++) {
                List<StreamMessage<byte[], byte[]>> newest = last.get(i).join();
                logs.add(new LogState(id(first.get(i).join()), id(newest), known.get(i), count(newest)));
            }
            return new LaneSurvey(runId.join(), logs);
        });
    }

    private static CompletionStage<List<byte[]>> marks(
            RedisAsyncCommands<byte[], byte[]> commands, Keys keys, int[] partitions) {
        byte[][] names = Arrays.stream(partitions).mapToObj(keys::mark).toArray(byte[][]::new);
        return commands.mget(names)
                .thenApply(values -> values.stream()
                        .map(value -> value.getValueOrElse(LogState.NO_MARK))
                        .toList());
    }

    /**
     * Makes the marks that are missing: whoever comes first makes one, all others find it. Where Redis refuses the write,
     * because it is full, a mark stays unknown.
     */
    private static void mark(RedisAsyncCommands<byte[], byte[]> commands, Keys keys, int[] partitions) {
        for (int partition : partitions) {
            byte[] random = UUID.randomUUID().toString().getBytes(UTF_8);
            Detached.log(commands.set(keys.mark(partition), random, SetArgs.Builder.nx()), "A log could not be marked");
        }
    }

    private static byte[] id(List<StreamMessage<byte[], byte[]>> entries) {
        return entries.isEmpty() ? EntryId.ZERO : entries.getFirst().getId().getBytes(UTF_8);
    }

    private static long count(List<StreamMessage<byte[], byte[]>> entries) {
        if (!entries.isEmpty()) {
            for (Map.Entry<byte[], byte[]> field : entries.getFirst().getBody().entrySet()) {
                if (Arrays.equals(field.getKey(), COUNT)) {
                    return number(field.getValue());
                }
            }
        }
        return -1;
    }

    /** What is looked at again and again while a lane reads. */
    static CompletionStage<Check> check(RedisAsyncCommands<byte[], byte[]> commands, Keys keys, int[] partitions) {
        return marks(commands, keys, partitions).thenCombine(counts(commands, keys, partitions), Check::new);
    }

    /**
     * In the order of the lane's partitions.
     *
     * @param marks of the logs; one that is missing is empty
     * @param counts of all entries that the logs have had; -1 where that is not known
     */
    record Check(List<byte[]> marks, List<Long> counts) {}

    private static CompletionStage<List<Long>> counts(
            RedisAsyncCommands<byte[], byte[]> commands, Keys keys, int[] partitions) {
        List<CompletableFuture<Long>> counts = new ArrayList<>();
        for (int partition : partitions) {
            counts.add(commands.hget(keys.life(partition), LIFE_COUNT)
                    .thenApply(LaneSurvey::number)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new))
                .thenApply(done -> counts.stream().map(CompletableFuture::join).toList());
    }

    private static long number(byte @Nullable [] digits) {
        try {
            return digits == null ? -1 : Long.parseLong(new String(digits, US_ASCII));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
