package dev.sidestream.ws.transport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/**
 * Says why visitors hang whose connections the node cannot accept, as when it has no file descriptors left: each failure is counted
 * in {@code sidestream.accepts.failed}, and one line a minute is logged for each port. Reactor Netty tries again after a second.
 */
final class AcceptFailures implements NettyServerCustomizer {

    private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Counter failures;
    private final LongSupplier clock;

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    AcceptFailures(MeterRegistry meters, LongSupplier clock) {
        this.failures = Counter.builder("sidestream.accepts.failed")
                .description("Times that no connection could be accepted")
                .register(meters);
        this.clock = clock;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnBound(bound -> bound.channel().pipeline().addFirst(new Teller()));
    }

    /** In front of what accepts, which tells nobody of a failure. Confined to the event loop of the server's channel. */
    private final class Teller extends ChannelInboundHandlerAdapter {

        private long due = clock.getAsLong();

        @Override
        public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
            failures.increment();
            long now = clock.getAsLong();
            if (now - due >= 0) {
                due = now + PERIOD_NANOS;
                log.atError()
                        .addKeyValue("address", failing.channel().localAddress())
                        .addKeyValue("cause", cause.toString())
                        .log(
                                "Connections cannot be accepted, so visitors hang; if files have run out, raise their limit"
                                        + " (LimitNOFILE, ulimit -n) or lower sidestream.limits.connections");
            }
            failing.fireExceptionCaught(cause);
        }
    }
}
