package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.limits.LimitsProperties;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;

/**
 * The bound of what may wait for a socket ({@code sidestream.limits.queue}). Netty counts those bytes per channel; we set its
 * high water mark, so that the channel is not writable once the bound is passed, and keep no count of our own.
 */
final class QueueBound {

    private QueueBound() {}

    static void set(Channel channel, LimitsProperties limits) {
        int high = (int) limits.queue().toBytes();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(high / 2, high));
    }

    /** Bytes that wait, the bound at most. May be called from any thread. */
    static long queued(Channel channel, LimitsProperties limits) {
        if (channel instanceof DuplexChannel stream && stream.isOutputShutdown()) {
            return 0; // for Netty it is not writable for ever
        }
        long bound = limits.queue().toBytes();
        // Netty counts the byte with which the channel becomes unwritable, too.
        return channel.isWritable() ? Math.max(0, bound + 1 - channel.bytesBeforeUnwritable()) : bound;
    }
}
