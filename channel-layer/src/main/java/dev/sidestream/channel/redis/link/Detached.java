package dev.sidestream.channel.redis.link;

import io.netty.util.concurrent.EventExecutor;
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
        loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS).addListener(done -> {
            if (!done.isSuccess() && !done.isCancelled()) {
                broken(done.cause());
            }
        });
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
    public static void log(CompletionStage<?> outcome, Logger log, String text) {
        CompletionStage<?> unused = outcome.whenComplete((value, error) -> {
            if (error != null) {
                log.atDebug().addKeyValue("cause", error).log(text);
            }
        });
    }

    private static void broken(Throwable error) {
        LOG.atError().setCause(error).log("A task in the background has failed");
    }
}
