package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.connection.Unpromised;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.EncodedFrame;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The last frames that a peer is sent. They go straight to the channel: a slow reader's farewell must not be judged by the
 * bound that it has broken. To be called on the event loop.
 */
final class Farewell {

    /** What Netty gives for a close frame without a status. */
    private static final int NO_STATUS = -1;

    private Farewell() {}

    /** Writes why we close, as far as the dialect is told, and our close frame; flushes neither. */
    static void write(ChannelHandlerContext to, Dialect dialect, CloseCode code, @Nullable Duration retryAfter) {
        EncodedFrame bye = dialect.write(new ServerFrame.Bye(code, retryAfter));
        if (bye != null) {
            Unpromised.write(to, bye.toBuffer(to.alloc()));
        }
        String reason = retryAfter == null ? code.reason() : "retry=" + Math.max(1, retryAfter.toSeconds());
        Unpromised.write(to, Unpooled.wrappedBuffer(WireFrames.close(code.code(), reason)));
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
