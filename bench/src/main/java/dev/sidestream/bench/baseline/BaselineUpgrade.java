package dev.sidestream.bench.baseline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/** Answers the upgrade, joins the room that the path names, and passes text frames on to it. */
final class BaselineUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final BaselineRooms rooms;

    BaselineUpgrade(BaselineRooms rooms) {
        this.rooms = rooms;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String room = request.uri();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("ws://localhost" + room, null, false).newHandshaker(request);
        if (handshaker == null) {
            close(context);
            return;
        }
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                context.pipeline().replace(this, "frames", new Frames(room));
                rooms.join(room, context.channel());
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a close does not fail
    private static void close(ChannelHandlerContext context) {
        context.close();
    }

    private final class Frames extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final String room;

        Frames(String room) {
            this.room = room;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            rooms.publish(room, frame.content());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            close(context);
        }
    }
}
