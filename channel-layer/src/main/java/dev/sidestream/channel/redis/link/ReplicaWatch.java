package dev.sidestream.channel.redis.link;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server of the shared connection each second whether it is a replica, which takes no writes: a master that was
 * demoted, or another machine under the same address. Then the connection is made anew, which looks up who is the master now, after
 * a second, and while that does not help after 2, 4, up to 30 s. Where it may not be asked nothing is noticed.
 *
 * <p>Confined to the loop, apart from {@link #replicaFor}.
 */
final class ReplicaWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaWatch.class);

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ConnectionKeeper keeper;
    private final LongSupplier clock;

    /** When it was first seen to be the replica of a master that lives; null when it is none. */
    private volatile @Nullable Long since;

    private boolean asking;
    private boolean forbidden;
    private int attempts;
    private long next;

    /** @param clock {@link System#nanoTime} */
    ReplicaWatch(ConnectionKeeper keeper, LongSupplier clock) {
        this.keeper = keeper;
        this.clock = clock;
    }

    void start(EventExecutor loop) {
        Detached.each(PERIOD, () -> ask(loop), loop);
    }

    /**
     * For how long the server has been a replica whose master answers it, so that there is one that takes writes; zero when it
     * is none, or nothing is known.
     */
    Duration replicaFor() {
        Long noticed = since;
        return noticed == null ? Duration.ZERO : Duration.ofNanos(clock.getAsLong() - noticed);
    }

    private void ask(EventExecutor loop) {
        CommandConnection connection = keeper.currentOrNull();
        if (connection == null || asking || forbidden || !keeper.isUp()) {
            return;
        }
        asking = true;
        Detached.then(connection.commands().info("replication"), this::told, loop);
    }

    private void told(@Nullable String info, @Nullable Throwable error) {
        asking = false;
        forbidden = Forbidden.is(error);
        if (info != null) {
            told(info);
        }
    }

    /** What {@code INFO replication} says. */
    void told(String info) {
        boolean replica = info.contains("role:slave");
        boolean writableExists = replica && info.contains("master_link_status:up");
        long now = clock.getAsLong();
        if (!writableExists) {
            since = null;
        } else if (since == null) {
            since = now;
        }
        if (!replica) {
            if (attempts > 0) {
                LOG.info("Redis takes writes again");
            }
            attempts = 0;
        } else if (attempts == 0 || now - next >= 0) {
            if (attempts == 0) {
                LOG.warn("This Redis is a replica, which takes no writes; looking for its master by connecting anew");
            }
            next = now + pause(attempts++).toNanos();
            keeper.reconnect();
        }
    }

    private static Duration pause(int attempts) {
        Duration doubled = PERIOD.multipliedBy(1L << Math.min(attempts, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
