package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulConnection;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that nobody waits for. Its failure would be kept in a future that nobody looks at; here it is logged. What has to
 * follow from a failure belongs into the work itself.
 */
public final class Detached {

    private static final Logger LOG = LoggerFactory.getLogger(Detached.class);

    private Detached() {}

    /** Runs something later on the loop, unless that is shut down before. What it throws is an error of ours. */
    public static void after(Duration delay, Runnable task, EventExecutor loop) {
        say(loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** What a task throws that was scheduled elsewhere is an error of ours, too. */
    public static void say(Future<?> task) {
        task.addListener(done -> {
            if (!done.isSuccess() && !done.isCancelled()) {
                broken(done.cause());
            }
        });
    }

    /** Runs something again and again on the loop, until that is shut down. What it throws is said, and does not end it. */
    public static void each(Duration period, Runnable task, EventExecutor loop) {
        after(
                period,
                () -> {
                    try {
                        task.run();
                    } finally {
                        if (!loop.isShuttingDown()) {
                            each(period, task, loop);
                        }
                    }
                },
                loop);
    }

    /** Hands an outcome on, value or failure, on the executor. What the receiver throws is an error of ours. */
    public static <T> void then(
            CompletionStage<T> outcome,
            BiConsumer<? super @Nullable T, ? super @Nullable Throwable> receiver,
            Executor executor) {
        CompletionStage<?> unused = outcome.whenCompleteAsync(
                (value, error) -> {
                    try {
                        receiver.accept(value, error);
                    } catch (RuntimeException | Error e) {
                        broken(e);
                        throw e;
                    }
                },
                executor);
    }

    /** For an outcome on which nothing depends: its failure is a line at debug level. */
    public static void log(CompletionStage<?> outcome, String text) {
        CompletionStage<?> unused = outcome.whenComplete((value, error) -> {
            if (error != null) {
                LOG.atDebug().addKeyValue("cause", error).log(text);
            }
        });
    }

    /** Closes a connection, unless somebody has done so before, which the client would warn of. */
    public static void close(StatefulConnection<?, ?> connection) {
        if (!(connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed())) {
            log(connection.closeAsync(), "A connection to Redis could not be closed");
        }
    }

    /** As {@link #log(CompletionStage, String)}. */
    public static void log(Future<?> outcome, String text) {
        outcome.addListener(done -> {
            if (!done.isSuccess()) {
                LOG.atDebug().addKeyValue("cause", done.cause()).log(text);
            }
        });
    }

    private static void broken(Throwable error) {
        LOG.atError().setCause(error).log("A task in the background has failed");
    }
}
