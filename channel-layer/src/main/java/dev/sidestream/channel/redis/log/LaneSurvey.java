package dev.sidestream.channel.redis.log;

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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything a lane must know of its server before it reads: one pipelined round trip.
 *
 * @param runId names the server process
 * @param logs the state of each log, in the order of the lane's partitions
 */
record LaneSurvey(String runId, List<LogState> logs) {

    private static final Pattern RUN_ID = Pattern.compile("run_id:(\\w+)");

    static CompletionStage<LaneSurvey> take(RedisAsyncCommands<byte[], byte[]> commands, Keys keys, int[] partitions) {
        CompletionStage<String> info = commands.info("server");
        mark(commands, keys, partitions);
        CompletionStage<List<byte[]>> marks = marks(commands, keys, partitions);
        List<CompletableFuture<byte[]>> first = new ArrayList<>();
        List<CompletableFuture<byte[]>> last = new ArrayList<>();
        for (int partition : partitions) {
            byte[] log = keys.log(partition);
            first.add(id(commands.xrange(log, Range.unbounded(), Limit.from(1))));
            last.add(id(commands.xrevrange(log, Range.unbounded(), Limit.from(1))));
        }
        List<CompletableFuture<?>> all = new ArrayList<>(first);
        all.addAll(last);
        all.add(info.toCompletableFuture());
        all.add(marks.toCompletableFuture());
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> {
            List<byte[]> known = marks.toCompletableFuture().join();
            List<LogState> logs = new ArrayList<>();
            for (int i = 0; i < partitions.length; i++) {
                logs.add(new LogState(first.get(i).join(), last.get(i).join(), known.get(i)));
            }
            return new LaneSurvey(runId(info.toCompletableFuture().join()), logs);
        });
    }

    /** The marks of the logs; one that is missing is empty. */
    static CompletionStage<List<byte[]>> marks(
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

    private static CompletableFuture<byte[]> id(CompletionStage<List<StreamMessage<byte[], byte[]>>> entries) {
        return entries.thenApply(list ->
                        list.isEmpty() ? EntryId.ZERO : list.getFirst().getId().getBytes(UTF_8))
                .toCompletableFuture();
    }

    private static String runId(String info) {
        Matcher matcher = RUN_ID.matcher(info);
        return matcher.find() ? matcher.group(1) : "";
    }
}
