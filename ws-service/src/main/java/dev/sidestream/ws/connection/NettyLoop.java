package dev.sidestream.ws.connection;

import dev.sidestream.channel.redis.link.Detached;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A thread of Netty: an event loop of sockets, or the one that everything from Redis comes on. */
public record NettyLoop(EventExecutor executor) implements Loop {

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public Timer schedule(Runnable task, long nanos) {
        ScheduledFuture<?> scheduled = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
        Detached.say(scheduled);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean isInside() {
        return executor.inEventLoop();
    }

    @Override
    public long nanoTime() {
        return executor.ticker().nanoTime();
    }
}
