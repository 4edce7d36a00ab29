package dev.sidestream.ws.endpoint;

import dev.sidestream.ws.admission.HandshakeMetrics;
import dev.sidestream.ws.connection.Unpromised;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Closes a connection on which no request has come to the end of its headers in time: counted from the beginning for the first,
 * from its first byte for each further one, however many bytes drip in meanwhile. What follows the headers, and a connection that
 * is kept between requests, is the business of the server's idle timeout. Confined to the channel's event loop.
 */
final class HandshakeDeadline extends ChannelInboundHandlerAdapter {

    private static final String NAME = "handshake-deadline";
    private static final String SEEN = "handshake-seen";

    private final Duration timeout;
    private final HandshakeMetrics metrics;
    /** Null while no request is on its way. */
    private @Nullable ScheduledFuture<?> deadline;

    private HandshakeDeadline(Duration timeout, HandshakeMetrics metrics) {
        this.timeout = timeout;
        this.metrics = metrics;
    }

    /** Puts one around HTTP's decoder on every connection. */
    static HttpServer watch(HttpServer server, Duration timeout, HandshakeMetrics metrics) {
        return server.doOnChannelInit((observer, channel, address) -> {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(NettyPipeline.HttpCodec) != null) {
                HandshakeDeadline deadline = new HandshakeDeadline(timeout, metrics);
                pipeline.addBefore(NettyPipeline.HttpCodec, NAME, deadline);
                pipeline.addAfter(NettyPipeline.HttpCodec, SEEN, new Seen(deadline));
            }
        });
    }

    /** Ends the watch of a connection that becomes a socket. */
    static void end(ChannelPipeline pipeline) {
        if (pipeline.get(NAME) != null) {
            pipeline.remove(NAME);
            pipeline.remove(SEEN);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        begin(added);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (deadline == null) {
            begin(reading);
        }
        reading.fireChannelRead(message);
    }

    private void begin(ChannelHandlerContext on) {
        deadline = on.executor().schedule(() -> over(on), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void over(ChannelHandlerContext on) {
        metrics.unfinished();
        Unpromised.close(on.channel());
    }

    private void requestSeen() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        requestSeen();
        inactive.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        requestSeen();
    }

    /** Behind the decoder, which tells it of each request whose headers are complete. */
    private static final class Seen extends ChannelInboundHandlerAdapter {

        private final HandshakeDeadline deadline;

        Seen(HandshakeDeadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public void channelRead(ChannelHandlerContext reading, Object message) {
            if (message instanceof HttpRequest) {
                deadline.requestSeen();
            }
            reading.fireChannelRead(message);
        }
    }
}
