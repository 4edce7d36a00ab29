package dev.sidestream.ws.endpoint;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Takes the response that Reactor Netty writes at the end of a request whose channel has become a socket, and leaves. The
 * socket's own frames do not pass here, because they are written from handlers in front of it.
 */
final class SwallowResponse extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpObject) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            if (message instanceof LastHttpContent) {
                ctx.pipeline().remove(this);
            }
        } else {
            ChannelFuture unused = ctx.write(message, promise); // whoever made the promise hears of it
        }
    }
}
