package dev.sidestream.ws.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Tells whether a client sent more than its handshake before it was answered, which RFC 6455 section 4.1 forbids: HTTP's decoder
 * takes such bytes for the next request, and they are lost. Remembers the last four bytes that came; a request without a body
 * ends with an empty line, and a masked frame practically never. Confined to the channel's event loop.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {

    private static final String NAME = "early-bytes";
    private static final int EMPTY_LINE = 0x0D0A0D0A;
    private static final int BARE_EMPTY_LINE = 0x0A0A;

    private int last = EMPTY_LINE;

    /** Puts one in front of HTTP's decoder on every connection. */
    static HttpServer watch(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                channel.pipeline().addBefore(NettyPipeline.HttpCodec, NAME, new EarlyBytes());
            }
        });
    }

    /** Ends the watch of a connection; whether anything followed the last request on it. */
    static boolean end(ChannelPipeline pipeline) {
        EarlyBytes watch = pipeline.get(EarlyBytes.class);
        if (watch == null) {
            return false;
        }
        pipeline.remove(watch);
        return watch.last != EMPTY_LINE && (watch.last & 0xFFFF) != BARE_EMPTY_LINE;
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (message instanceof ByteBuf bytes) {
            for (int i = Math.max(bytes.readerIndex(), bytes.writerIndex() - 4); i < bytes.writerIndex(); i++) {
                last = last << 8 | bytes.getUnsignedByte(i);
            }
        }
        reading.fireChannelRead(message);
    }
}
