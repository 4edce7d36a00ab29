package dev.sidestream.ws.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/** What is asked of a channel without waiting for it. On the channel's event loop, apart from {@link #close}. */
public final class Unpromised {

    private Unpromised() {}

    /** Writes bytes, which are released here. A failure reaches the handlers as any other of the channel does. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is the void promise, which tells nobody but the handlers
    public static void write(ChannelHandlerContext to, ByteBuf bytes) {
        to.write(bytes, to.voidPromise());
    }

    /** Closes a channel. That it is closed reaches the handlers, whoever closed it. */
    @SuppressWarnings("FutureReturnValueIgnored") // a close does not fail
    public static void close(Channel channel) {
        channel.close();
    }
}
