package dev.sidestream.channel.redis;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all logs: with one blocking read where one server has them all, with one per partition on Redis Cluster, where a
 * command may not name keys of two slots. State is confined to the executor of the layer; {@link #stats} may be asked from
 * any thread.
 */
final class LogReader {

    private static final long LIVENESS_MS = 1_000;

    private final EventExecutor loop;
    private final LogDispatch dispatch;
    private final ReaderCounters counters = new ReaderCounters();
    private final List<LogLane> lanes;
    private final CompletableFuture<Void> positioned = new CompletableFuture<>();
    private @Nullable ScheduledFuture<?> liveness;
    private volatile boolean reading;

    LogReader(RedisLink link, Keys keys, int partitions, LogDispatch dispatch, EventExecutor loop) {
        this.loop = loop;
        this.dispatch = dispatch;
        IntStream all = IntStream.range(0, partitions);
        lanes = link.isCluster()
                ? all.mapToObj(p -> new LogLane(link, keys, new int[] {p}, this))
                        .toList()
                : List.of(new LogLane(link, keys, all.toArray(), this));
    }

    /**
     * Starts reading. Completes when every log is being read: whatever is sent from then on is received. Fails with the first
     * failed attempt; attempts go on.
     */
    CompletableFuture<Void> start() {
        loop.execute(() -> lanes.forEach(LogLane::connect));
        liveness = loop.scheduleWithFixedDelay(
                () -> lanes.forEach(LogLane::checkLiveness), LIVENESS_MS, LIVENESS_MS, TimeUnit.MILLISECONDS);
        return positioned;
    }

    EventExecutor loop() {
        return loop;
    }

    LogDispatch dispatch() {
        return dispatch;
    }

    ReaderCounters counters() {
        return counters;
    }

    /** A lane went up or down. */
    void changed() {
        boolean all = lanes.stream().allMatch(LogLane::isUp);
        if (all == reading) {
            return;
        }
        reading = all;
        if (all) {
            positioned.complete(null);
            dispatch.up();
        } else {
            dispatch.down();
        }
    }

    void failed(@Nullable Throwable error) {
        if (!positioned.isDone() && error != null) {
            positioned.completeExceptionally(Failures.of(error));
        }
    }

    ReaderStats stats() {
        long now = System.nanoTime();
        long since =
                lanes.stream().mapToLong(lane -> now - lane.lastRead()).max().orElse(0);
        return new ReaderStats(
                reading,
                counters.reads.sum(),
                counters.entries.sum(),
                counters.retries.sum(),
                dispatch.resyncs(),
                dispatch.malformed(),
                TimeUnit.NANOSECONDS.toMillis(since));
    }

    /** Ends reading; to be called on the executor. */
    void close() {
        if (liveness != null) {
            liveness.cancel(false);
        }
        lanes.forEach(LogLane::close);
    }
}
