package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.Detached;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that all state of the watch is confined to. */
final class WatchThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchThread.class);

    private final EventExecutor executor = new DefaultEventExecutor(new DefaultThreadFactory("sidestream-watch", true));

    EventExecutor executor() {
        return executor;
    }

    /** Runs it on the thread; from any thread. Nothing runs any more once the watch has stopped. */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException stopping) {
            log.trace("The watch has stopped", stopping);
        }
    }

    /** Runs it each second, whatever comes of it. */
    void eachSecond(Runnable task) {
        Detached.each(Duration.ofSeconds(1), () -> guarded(task), executor);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("The watch of sessions failed; it goes on");
        }
    }

    @Override
    public void close() {
        executor.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
