package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.connection.Unpromised;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.limits.TokenBucket;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.FrameReader;
import dev.sidestream.ws.protocol.WireFrames;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one handler of ours on a live socket, behind Netty's frame decoder: what the peer sends becomes whole messages, a pong
 * or a close. Too many frames, too large a message and what breaks the protocol close the connection. Releases every frame.
 * Confined to the channel's event loop.
 */
final class FrameIntake extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(FrameIntake.class);

    /** Frames of any kind per second that no honest client reaches, as a multiple of the message rate. */
    private static final int FLOOD_FACTOR = 10;

    private final NettyConnection connection;
    private final ConsumerQueue work;
    private @Nullable Fragments fragments;
    private @Nullable TokenBucket flood;
    private int unansweredPings;

    FrameIntake(NettyConnection connection, ConsumerQueue work) {
        this.connection = connection;
        this.work = work;
    }

    /** Pings that are out since anything was last heard of the peer. */
    int unansweredPings() {
        return unansweredPings;
    }

    /** @param reading false while frames wait for a busy consumer: then nothing is read, and so no pong either */
    void pinged(boolean reading) {
        unansweredPings = reading ? unansweredPings + 1 : 0;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        connection.attached(added);
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        fragments = null;
        connection.ended();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        unansweredPings = 0;
        try {
            if (message instanceof CloseWebSocketFrame close) {
                closes(close.statusCode());
            } else if (connection.isOpen() && message instanceof WebSocketFrame frame && !isFlood()) {
                received(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void closes(int status) {
        if (connection.isOpen() && !Farewell.isAllowed(status)) {
            connection.close(CloseCode.PROTOCOL_ERROR);
        } else {
            connection.peerCloses(status);
        }
    }

    private boolean isFlood() {
        long now = System.nanoTime();
        if (flood == null) {
            LimitsProperties limits = connection.services().limits();
            flood = new TokenBucket((double) limits.rate() * FLOOD_FACTOR, limits.burst() * FLOOD_FACTOR, now);
        }
        if (flood.tryTake(now)) {
            return false;
        }
        connection.close(CloseCode.RATE_LIMITED, Duration.ofSeconds(10));
        return true;
    }

    private void received(WebSocketFrame frame) {
        switch (frame) {
            case PingWebSocketFrame ping ->
                connection.write(Unpooled.wrappedBuffer(WireFrames.pong(Fragments.bytes(ping.content()))));
            case PongWebSocketFrame ignored -> {}
            case ContinuationWebSocketFrame more -> continued(more);
            case TextWebSocketFrame text -> begun(text, false);
            case BinaryWebSocketFrame binary -> begun(binary, true);
            default -> connection.close(CloseCode.PROTOCOL_ERROR);
        }
    }

    private void begun(WebSocketFrame frame, boolean binary) {
        if (frame.isFinalFragment()) {
            complete(new Frame(Fragments.bytes(frame.content()), binary));
        } else {
            fragments = new Fragments(frame.content(), binary);
        }
    }

    private void continued(ContinuationWebSocketFrame frame) {
        Fragments begun = fragments;
        if (begun == null) {
            connection.close(CloseCode.PROTOCOL_ERROR);
            return;
        }
        LimitsProperties limits = connection.services().limits();
        if (!begun.append(frame.content(), (int) limits.frame().toBytes(), limits.fragments())) {
            fragments = null;
            connection.close(CloseCode.TOO_BIG);
        } else if (frame.isFinalFragment()) {
            fragments = null;
            complete(begun.whole());
        }
    }

    private void complete(Frame frame) {
        if (!frame.binary() && !FrameReader.isValidText(frame.bytes())) {
            connection.close(CloseCode.INVALID_TEXT);
        } else {
            work.add(frame);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> connection.close(codeOf(corrupted));
            case TooLongFrameException ignored -> connection.close(CloseCode.TOO_BIG);
            case IOException ignored ->
                Unpromised.close(failing.channel()); // the peer is gone; channelInactive follows
            default -> {
                log.atError()
                        .addKeyValue("connection", connection.channel())
                        .setCause(cause)
                        .log("A socket failed");
                connection.close(CloseCode.INTERNAL_ERROR);
            }
        }
    }

    private static CloseCode codeOf(CorruptedWebSocketFrameException corrupted) {
        return switch (corrupted.closeStatus().code()) {
            case 1007 -> CloseCode.INVALID_TEXT;
            case 1009 -> CloseCode.TOO_BIG;
            default -> CloseCode.PROTOCOL_ERROR;
        };
    }
}
