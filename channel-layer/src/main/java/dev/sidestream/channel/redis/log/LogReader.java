package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisLink;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all logs: with one blocking read where one server has them all, with one per partition on Redis Cluster, where a
 * command may not name keys of two slots. State is confined to the executor of the layer; {@link #stats} may be asked from
 * any thread.
 */
public final class LogReader {

    private static final long LIVENESS_MS = 1_000;

    private final EventExecutor loop;
    private final LogDispatch dispatch;
    private final ReaderCounters counters = new ReaderCounters();
    private final List<LogLane> lanes;
    private final CompletableFuture<Void> positioned = new CompletableFuture<>();
    private @Nullable ScheduledFuture<?> liveness;
    private final int partitions;

    /** Whose log is being read; never altered. */
    private BitSet read = new BitSet();

    private volatile boolean reading;

    public LogReader(RedisLink link, Keys keys, int partitions, LogDispatch dispatch) {
        this.loop = link.executor();
        this.dispatch = dispatch;
        this.partitions = partitions;
        RunIds runIds = new RunIds();
        IntStream all = IntStream.range(0, partitions);
        Function<int[], LogLane> lane = of -> new LogLane(link, runIds, keys, of, dispatch, counters, new Progress());
        lanes = link.isCluster()
                ? all.mapToObj(partition -> lane.apply(new int[] {partition})).toList()
                : List.of(lane.apply(all.toArray()));
    }

    /**
     * Starts reading. Completes when every log is being read: whatever is sent from then on is received. Fails with the first
     * failed attempt; attempts go on.
     */
    public CompletableFuture<Void> start() {
        loop.execute(() -> lanes.forEach(LogLane::connect));
        liveness = loop.scheduleWithFixedDelay(
                () -> lanes.forEach(LogLane::checkLiveness), LIVENESS_MS, LIVENESS_MS, TimeUnit.MILLISECONDS);
        return positioned;
    }

    public ReaderStats stats() {
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
    public void close() {
        if (liveness != null) {
            liveness.cancel(false);
        }
        lanes.forEach(LogLane::close);
    }

    /** Called by the lanes, on the executor. */
    private final class Progress implements LaneListener {

        @Override
        public void changed() {
            BitSet now = new BitSet();
            lanes.forEach(lane -> lane.addTo(now));
            if (now.equals(read)) {
                return;
            }
            boolean more = now.cardinality() > read.cardinality();
            read = now;
            reading = now.cardinality() == partitions;
            if (reading) {
                positioned.complete(null);
            }
            if (more) {
                dispatch.up(now::get);
            } else {
                dispatch.down(now::get);
            }
        }

        @Override
        public void failed(@Nullable Throwable error) {
            if (!positioned.isDone() && error != null) {
                positioned.completeExceptionally(error);
            }
        }
    }
}
