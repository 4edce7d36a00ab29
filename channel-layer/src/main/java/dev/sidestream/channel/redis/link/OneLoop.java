package dev.sidestream.channel.redis.link;

import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One event loop for all that a link has to do with Redis: its connections are read and written on it, and what they bring is
 * handed out on it. A message then wakes one thread on its way in, instead of one per connection and another that dispatches.
 */
final class OneLoop implements EventLoopGroupProvider {

    private final EventLoopGroupProvider groups =
            new DefaultEventLoopGroupProvider(1, pool -> new DefaultThreadFactory("sidestream-redis", true));
    private final EventLoop loop =
            groups.allocate(Transports.eventLoopGroupClass()).next();

    EventLoop loop() {
        return loop;
    }

    @Override
    public <T extends EventLoopGroup> T allocate(Class<T> type) {
        return groups.allocate(type);
    }

    @Override
    public int threadPoolSize() {
        return 1;
    }

    @Override
    public Future<Boolean> release(EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
        return groups.release(group, quietPeriod, timeout, unit);
    }

    @Override
    public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
        return groups.shutdown(quietPeriod, timeout, unit);
    }
}
