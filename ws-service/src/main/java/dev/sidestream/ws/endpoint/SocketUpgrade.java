package dev.sidestream.ws.endpoint;

import dev.sidestream.ws.connection.Unpromised;
import dev.sidestream.ws.connection.websocket.NettyConnection;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.AttributeKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Turns an admitted request into a socket: writes the 101 and takes the channel over from Reactor Netty, leaving on it only
 * Netty's frame decoder and the handler of the {@link NettyConnection}.
 *
 * <p>The request then ends for WebFlux as any other does, with status 101, so that filters, observations and their memory go;
 * what Reactor Netty writes at its end is swallowed once by {@link SwallowResponse}.
 */
public final class SocketUpgrade {

    /** What RFC 6455 section 1.3 appends to the client's key. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Where Reactor Netty keeps the operations of a channel, and with them the whole exchange. */
    static final AttributeKey<Object> OPERATIONS = AttributeKey.valueOf("$CONNECTION");

    private final WebSocketDecoderConfig decoding;

    /** @param maxFrame largest payload of one frame, in bytes */
    public SocketUpgrade(int maxFrame) {
        decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxFrame)
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .closeOnProtocolViolation(false) // the connection closes, with its own codes
                .withUTF8Validator(false) // whole messages are checked, over all fragments
                .build();
    }

    /** The server, so that it notices what clients send before they are answered; such a socket is closed with 1002. */
    public static HttpServer watched(HttpServer server) {
        return EarlyBytes.watch(server);
    }

    /**
     * Answers with 101 and makes the request's channel a socket.
     *
     * @param socket makes the connection for the channel; called on its event loop
     * @return the connection, once it has begun its life; empty when the client left before
     */
    public Mono<NettyConnection> upgrade(
            ServerWebExchange exchange, Dialect dialect, Function<Channel, NettyConnection> socket) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.SWITCHING_PROTOCOLS);
        String key = exchange.getRequest().getHeaders().getFirst("Sec-WebSocket-Key");
        ByteBuf head = head(key == null ? "" : key, dialect);
        HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
        Mono<NettyConnection> takeOver = Mono.create(sink -> server.withConnection(connection -> {
            Channel channel = connection.channel();
            channel.eventLoop().execute(() -> {
                try {
                    sink.success(takeOver(channel, head, socket));
                } catch (RuntimeException | Error e) {
                    Unpromised.close(channel);
                    sink.error(e);
                }
            });
        }));
        return response.setComplete().then(takeOver);
    }

    /** Null when the client has left. What it throws leaves nothing behind but the channel, which is then to be closed. */
    @Nullable
    NettyConnection takeOver(Channel channel, ByteBuf head, Function<Channel, NettyConnection> socket) {
        ChannelPipeline pipeline = channel.pipeline();
        ChannelHandlerContext codec = pipeline.context(NettyPipeline.HttpCodec);
        if (codec == null || !channel.isActive()) {
            return null;
        }
        NettyConnection connection = socket.apply(channel);
        try {
            become(connection, pipeline, codec, head);
        } catch (RuntimeException | Error e) {
            connection.discard();
            throw e;
        }
        return connection;
    }

    private void become(
            NettyConnection connection, ChannelPipeline pipeline, ChannelHandlerContext codec, ByteBuf head) {
        for (String name : new ArrayList<>(pipeline.names())) {
            boolean reactors = name.startsWith("reactor.");
            if (reactors && !name.equals(NettyPipeline.HttpCodec) && !name.equals(NettyPipeline.SslHandler)) {
                pipeline.remove(name);
            }
        }
        Unpromised.write(codec, head);
        codec.flush();
        pipeline.addLast("decoder", new WebSocket13FrameDecoder(decoding));
        pipeline.addLast("connection", connection.handler());
        pipeline.addLast("response", new SwallowResponse());
        HandshakeDeadline.end(pipeline);
        boolean early = EarlyBytes.end(pipeline);
        pipeline.remove(codec.handler());
        pipeline.channel().attr(OPERATIONS).set(null);
        connection.start();
        if (early) {
            connection.close(CloseCode.PROTOCOL_ERROR);
        }
    }

    private static ByteBuf head(String key, Dialect dialect) {
        StringBuilder head = new StringBuilder(160)
                .append("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
                .append("Sec-WebSocket-Accept: ")
                .append(accept(key))
                .append("\r\n");
        if (dialect.subProtocol() != null) {
            head.append("Sec-WebSocket-Protocol: ")
                    .append(dialect.subProtocol())
                    .append("\r\n");
        }
        return Unpooled.wrappedBuffer(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
