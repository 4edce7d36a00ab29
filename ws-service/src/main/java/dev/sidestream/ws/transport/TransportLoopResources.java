package dev.sidestream.ws.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of one {@link Transport}: as many as told, for accepting, serving and asking alike. Reactor Netty's own take
 * whichever transport is newest among the jars.
 */
public final class TransportLoopResources implements LoopResources {

    private final EventLoopGroup loops;
    private final EventLoopGroup colocated;

    public TransportLoopResources(Transport transport, int threads) {
        loops = new MultiThreadIoEventLoopGroup(threads, new Threads(), transport.handlers());
        colocated = LoopResources.colocate(loops);
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loops;
    }

    /** On the loop of whoever asks, when that is one of these. */
    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return colocated;
    }

    @Override
    public boolean daemon() {
        return true;
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return Mono.create(
                ended -> loops.shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .addListener(end -> ended.success()));
    }

    private static final class Threads extends DefaultThreadFactory {

        Threads() {
            super("sidestream", true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new LoopThread(task, name);
        }
    }

    /** Reactor refuses to block on it. */
    private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {

        LoopThread(Runnable task, String name) {
            super(task, name);
        }
    }
}
