package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.Backoff;
import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the logs of some partitions that live on one server, on a connection of its own, from concrete ids. One read is under
 * way at a time; the next one is sent before the entries of the last are handed out. Whatever fails, the lane connects anew
 * and goes on where it was.
 *
 * <p>Confined to the executor of the layer.
 */
final class LogLane {

    private static final Logger LOG = LoggerFactory.getLogger(LogLane.class);

    /** A quiet read ends after this long, so that the lane can look after its marks and its liveness. */
    private static final long BLOCK_MS = 1_000;

    /** A read that took this much longer than it may block will not come back. */
    private static final long MARGIN_MS = 3_000;

    /** Entries per log and read. With 16 logs and entries of 64 KiB a read is bounded by 64 MiB. */
    private static final int COUNT = 64;

    /**
     * The least time between two reads. Under load a read then brings what came meanwhile instead of one entry, and reads cost
     * Redis more than publications do. An entry after a quiet time does not wait.
     */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long CHECK_NANOS = Duration.ofSeconds(2).toNanos();

    private final RedisLink link;
    private final RunIds runIds;
    private final Keys keys;
    private final int[] partitions;
    private final byte[][] logs;
    private final LaneListener listener;
    private final LogDispatch dispatch;
    private final ReaderCounters counters;
    private final EventExecutor loop;

    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

    private final LaneCursors cursors;
    private boolean resurvey;
    private boolean up;
    private boolean closed;
    private int attempts;
    private long lastCheck;
    private long readSince;
    private volatile long lastRead = System.nanoTime();

    LogLane(
            RedisLink link,
            RunIds runIds,
            Keys keys,
            int[] partitions,
            LogDispatch dispatch,
            ReaderCounters counters,
            LaneListener listener) {
        this.link = link;
        this.runIds = runIds;
        this.keys = keys;
        this.partitions = partitions;
        this.logs = Arrays.stream(partitions).mapToObj(keys::log).toArray(byte[][]::new);
        this.cursors = new LaneCursors(partitions, COUNT, BLOCK_MS + MARGIN_MS);
        this.dispatch = dispatch;
        this.counters = counters;
        this.listener = listener;
        this.loop = link.executor();
    }

    /** Adds its partitions, when it reads. */
    void addTo(BitSet read) {
        if (up) {
            Arrays.stream(partitions).forEach(read::set);
        }
    }

    /** When a read was answered last, by System.nanoTime; may be asked from any thread. */
    long lastRead() {
        return lastRead;
    }

    void connect() {
        if (closed) {
            return;
        }
        try {
            Detached.then(link.open(link.nodeOf(logs[0])), this::connected, loop);
        } catch (RuntimeException e) {
            // The Cluster is not known yet, or nobody serves the slot.
            retry(e);
        }
    }

    private void connected(@Nullable StatefulRedisConnection<byte[], byte[]> opened, @Nullable Throwable error) {
        if (opened == null) {
            retry(error);
        } else if (closed) {
            Detached.close(opened);
        } else {
            connection = opened;
            survey(opened);
        }
    }

    private void survey(StatefulRedisConnection<byte[], byte[]> current) {
        resurvey = false;
        Detached.then(
                LaneSurvey.take(current.async(), runIds, keys, partitions),
                (survey, error) -> surveyed(current, survey, error),
                loop);
    }

    private void surveyed(
            StatefulRedisConnection<byte[], byte[]> current, @Nullable LaneSurvey survey, @Nullable Throwable error) {
        if (!current.equals(connection)) {
            return;
        }
        if (survey == null) {
            lost(current, error);
            return;
        }
        Map<ResyncCause, IntPredicate> losses = cursors.adopt(survey);
        attempts = 0;
        lastCheck = System.nanoTime();
        lastRead = lastCheck;
        losses.forEach((cause, concerned) -> dispatch.resync(concerned, cause));
        up = true;
        listener.changed();
        read(current);
    }

    private void read(StatefulRedisConnection<byte[], byte[]> current) {
        if (resurvey) {
            survey(current);
            return;
        }
        long now = System.nanoTime();
        clearUpDoubts(current);
        if (now - lastCheck > CHECK_NANOS) {
            lastCheck = now;
            Detached.then(
                    LaneSurvey.check(current.async(), keys, partitions), (found, error) -> check(current, found), loop);
        }
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .add(CommandKeyword.COUNT)
                .add(COUNT)
                .add(CommandKeyword.BLOCK)
                .add(BLOCK_MS)
                .add("STREAMS")
                .addKeys(logs);
        cursors.addTo(args);
        AsyncCommand<byte[], byte[], LogBatch> command =
                new AsyncCommand<>(new Command<>(CommandType.XREAD, new LogBatchOutput(), args));
        readSince = now;
        Detached.then(command, (batch, error) -> answered(current, batch, error), loop);
        current.dispatch(command);
    }

    private void answered(
            StatefulRedisConnection<byte[], byte[]> current, @Nullable LogBatch batch, @Nullable Throwable error) {
        if (!current.equals(connection)) {
            return; // given up meanwhile; its cursor has not moved, so nothing is lost
        }
        if (batch == null || error != null) {
            lost(current, error);
            return;
        }
        long now = System.nanoTime();
        IntPredicate holes = cursors.advance(batch, now - lastRead);
        lastRead = now;
        counters.reads.increment();
        counters.entries.add(batch.entries());
        readNext(current, batch.entries(), now);
        dispatch.batch(batch);
        resync(holes);
    }

    private void readNext(StatefulRedisConnection<byte[], byte[]> current, int entries, long now) {
        long early = readSince + PACE_NANOS - now;
        if (early <= 0 || entries >= COUNT) {
            read(current);
        } else {
            Detached.after(Duration.ofNanos(early), () -> readIfCurrent(current), loop);
        }
    }

    private void readIfCurrent(StatefulRedisConnection<byte[], byte[]> current) {
        if (current.equals(connection)) {
            read(current);
        }
    }

    /** Asked before the next read on the same connection, so the answer comes before that of the read. */
    private void clearUpDoubts(StatefulRedisConnection<byte[], byte[]> current) {
        for (int index : cursors.doubts()) {
            Detached.then(
                    current.async().xrange(logs[index], Range.unbounded(), Limit.from(1)),
                    (oldest, error) -> clearUp(current, index, oldest),
                    loop);
        }
    }

    private void clearUp(
            StatefulRedisConnection<byte[], byte[]> current,
            int index,
            @Nullable List<StreamMessage<byte[], byte[]>> oldest) {
        if (current.equals(connection) && oldest != null && !oldest.isEmpty()) {
            resync(cursors.clearUp(index, oldest.getFirst().getId().getBytes(US_ASCII)));
        }
    }

    private void check(StatefulRedisConnection<byte[], byte[]> current, LaneSurvey.@Nullable Check found) {
        if (current.equals(connection) && found != null) { // else the read that follows fails as well
            // The survey compares again, adopts what is there, and also sees a clock that went backwards.
            resurvey |= cursors.isAnotherLife(found.marks());
            resync(cursors.compare(found.counts()));
        }
    }

    private void resync(@Nullable IntPredicate concerned) {
        if (concerned != null) {
            dispatch.resync(concerned, ResyncCause.TRIMMED);
        }
    }

    /** Called each second: gives up a read that does not come back. */
    void checkLiveness() {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        long patience = TimeUnit.MILLISECONDS.toNanos(BLOCK_MS + MARGIN_MS);
        if (current != null && up && System.nanoTime() - readSince > patience) {
            lost(
                    current,
                    new RedisCommandTimeoutException(
                            "The log reader had no answer for " + (BLOCK_MS + MARGIN_MS) + " ms"));
        }
    }

    private void lost(StatefulRedisConnection<byte[], byte[]> current, @Nullable Throwable error) {
        connection = null;
        Detached.close(current);
        if (up) {
            LOG.atWarn().addKeyValue("cause", error).log("The log reader lost Redis, connecting anew");
            up = false;
            listener.changed();
        }
        retry(error);
    }

    private void retry(@Nullable Throwable error) {
        if (closed) {
            return;
        }
        counters.retries.increment();
        listener.failed(error);
        link.refresh();
        Detached.after(Backoff.CONNECT.after(++attempts), this::connect, loop);
    }

    void close() {
        closed = true;
        up = false;
        StatefulRedisConnection<byte[], byte[]> current = connection;
        connection = null;
        if (current != null) {
            Detached.close(current);
        }
    }
}
