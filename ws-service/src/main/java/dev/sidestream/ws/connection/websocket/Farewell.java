package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.connection.Unpromised;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.EncodedFrame;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last frames that a peer is sent. They go straight to the channel: a slow reader's farewell must not be judged by the
 * bound that it has broken. To be called on the event loop.
 */
final class Farewell {

    /** What Netty gives for a close frame without a status. */
    private static final int NO_STATUS = -1;

    /** What begins the range that nobody may use (RFC 6455 section 7.4.2). The decoder refuses all else that is no status. */
    private static final int BEYOND = 5000;

    /** A peer that broke the rules, so that nothing it says counts any more (RFC 6455 section 7.1.7), an answer to our close neither. */
    private static final Set<CloseCode> FAILURES = Collections.unmodifiableSet(EnumSet.of(
            CloseCode.PROTOCOL_ERROR, CloseCode.UNSUPPORTED_DATA, CloseCode.INVALID_TEXT, CloseCode.TOO_BIG));

    private Farewell() {}

    /**
     * Writes why we close, as far as the dialect is told, and our close frame; flushes neither. Of a peer that broke the rules no
     * answer is awaited: the stream ends behind the close frame.
     */
    static void write(ChannelHandlerContext to, Dialect dialect, CloseCode code, @Nullable Duration retryAfter) {
        EncodedFrame bye = dialect.write(new ServerFrame.Bye(code, retryAfter));
        if (bye != null) {
            Unpromised.write(to, bye.toBuffer(to.alloc()));
        }
        String reason = retryAfter == null ? code.reason() : "retry=" + Math.max(1, retryAfter.toSeconds());
        ByteBuf close = Unpooled.wrappedBuffer(WireFrames.close(code.code(), reason));
        if (FAILURES.contains(code)) {
            to.write(close).addListener(written -> endStream(to.channel()));
        } else {
            Unpromised.write(to, close);
        }
    }

    /**
     * Sends the end of the stream and reads on, for nobody, until the peer has ended its own: when a socket is closed before all
     * that came is read, TCP resets it, and a peer may then never see the close frame.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive follows, at the cut-off at the latest
    private static void endStream(Channel channel) {
        if (channel instanceof DuplexChannel stream && channel.pipeline().get(SslHandler.class) == null) {
            stream.shutdownOutput();
        } else {
            Unpromised.close(channel);
        }
    }

    /** Whether a peer may close with this status. */
    static boolean isAllowed(int status) {
        return status < BEYOND;
    }

    /** How a connection ends whose peer closes with a status: goes away, or is done. */
    static CloseCode codeOf(int status) {
        return status == CloseCode.GOING_AWAY.code() ? CloseCode.GOING_AWAY : CloseCode.NORMAL;
    }

    /** Answers the peer's close frame with its own status, and closes the channel when that is written. */
    static void answer(ChannelHandlerContext to, int status) {
        byte[] echo = WireFrames.close(status == NO_STATUS ? CloseCode.NORMAL.code() : status, "");
        to.writeAndFlush(Unpooled.wrappedBuffer(echo)).addListener(ChannelFutureListener.CLOSE);
    }
}
