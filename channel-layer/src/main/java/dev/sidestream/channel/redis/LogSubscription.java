package dev.sidestream.channel.redis;

import dev.sidestream.channel.redis.log.LogReader;
import dev.sidestream.channel.redis.log.ReaderStats;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/** Receiving as a whole: the reader, the lease and the care of the logs. Begins with the first who wants to receive. */
final class LogSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(LogSubscription.class);

    private static final long PATIENCE_SECONDS = 5;

    private final LogReader reader;
    private final Lease lease;
    private final Housekeeping housekeeping;
    private final EventExecutor executor;
    private @Nullable CompletableFuture<Void> started;
    private boolean closed;

    LogSubscription(LogReader reader, Lease lease, Housekeeping housekeeping, EventExecutor executor) {
        this.reader = reader;
        this.lease = lease;
        this.housekeeping = housekeeping;
        this.executor = executor;
    }

    synchronized boolean isStarted() {
        return started != null;
    }

    /** Completes when the logs are read; fails with the first failed attempt, after which attempts go on. */
    synchronized CompletableFuture<Void> start() {
        if (started == null) {
            started = reader.start();
            lease.start();
            housekeeping.start(executor);
        }
        return started;
    }

    /**
     * Starts, and waits for it where waiting is allowed, so that what is sent afterwards is received. Where Redis is away a
     * mailbox is open all the same, and receives from then on when Redis is back.
     */
    void await() {
        CompletableFuture<Void> positioned = start();
        if (positioned.isDone() || executor.inEventLoop() || Schedulers.isInNonBlockingThread()) {
            return;
        }
        try {
            positioned.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().addKeyValue("cause", e).log("A mailbox was opened while the log cannot be read");
        }
    }

    ReaderStats stats() {
        return reader.stats();
    }

    synchronized void close() {
        if (started != null && !closed) {
            closed = true;
            housekeeping.stop();
            lease.end();
            if (!executor.isShuttingDown()) {
                executor.execute(reader::close);
            }
        }
    }
}
