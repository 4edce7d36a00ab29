package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.connection.LoopMember;
import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.connection.Unpromised;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one socket: what is written waits in the channel's own queue, up to its {@link QueueBound}, and is flushed once, at
 * the end of the loop's turn. Confined to the channel's event loop.
 */
final class SocketWriter {

    /** What became of a write. */
    enum Outcome {
        WRITTEN,
        /** The handler has no place in the pipeline yet. */
        DETACHED,
        /** So much waits already that the peer must be too slow. */
        FULL
    }

    private final Channel netty;
    private @Nullable ChannelHandlerContext ctx;
    private boolean dirty;

    SocketWriter(Channel netty) {
        this.netty = netty;
    }

    /** The handler that it writes from has its place. */
    void attach(ChannelHandlerContext added) {
        ctx = added;
    }

    /** Where the last frames are written past the bound; null before {@link #attach}. */
    @Nullable
    ChannelHandlerContext context() {
        return ctx;
    }

    /** Takes the buffer in every case. */
    Outcome write(ByteBuf frames) {
        ChannelHandlerContext to = ctx;
        if (to == null || !netty.isWritable()) {
            frames.release();
            return to == null ? Outcome.DETACHED : Outcome.FULL;
        }
        Unpromised.write(to, frames);
        return Outcome.WRITTEN;
    }

    /** What is written goes out at the end of the turn. */
    void flushLater(LoopState loop, LoopMember owner) {
        if (!dirty) {
            dirty = true;
            loop.flushLater(owner);
        }
    }

    /** What is written goes out now, unless that is due at the end of the turn. */
    void flushUnlessDue() {
        if (!dirty) {
            flush();
        }
    }

    void flush() {
        dirty = false;
        if (ctx != null) {
            ctx.flush();
        }
    }
}
