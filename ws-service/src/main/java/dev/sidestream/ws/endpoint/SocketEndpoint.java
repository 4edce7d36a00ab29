package dev.sidestream.ws.endpoint;

import dev.sidestream.channel.Message;
import dev.sidestream.ws.connection.ConnectionEnv;
import dev.sidestream.ws.connection.ConnectionListener;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.connection.NettyConnection;
import dev.sidestream.ws.connection.Scope;
import dev.sidestream.ws.consumer.ConsumerDriver;
import dev.sidestream.ws.handshake.Admission;
import dev.sidestream.ws.handshake.Admissions;
import dev.sidestream.ws.handshake.HandshakeRequest;
import dev.sidestream.ws.handshake.Refusal;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.session.User;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Admits a request, then either turns it into a socket or answers why not. */
public final class SocketEndpoint implements WebHandler {

    private final Admissions admissions;
    private final SocketUpgrade upgrade;
    private final ConnectionEnv env;

    public SocketEndpoint(Admissions admissions, SocketUpgrade upgrade, ConnectionEnv env) {
        this.admissions = admissions;
        this.upgrade = upgrade;
        this.env = env;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return admissions.admit(HandshakeRequest.of(exchange.getRequest())).flatMap(admission -> switch (admission) {
            case Admission.Accepted accepted ->
                upgrade.upgrade(exchange, accepted.mode(), channel -> open(channel, accepted))
                        .switchIfEmpty(Mono.fromRunnable(accepted.place()::leave))
                        .doOnError(ignored -> accepted.place().leave())
                        .doOnCancel(accepted.place()::leave)
                        .then();
            case Admission.Told told ->
                upgrade.upgrade(exchange, told.mode(), channel -> openToClose(channel, told))
                        .then();
            case Admission.Refused refused -> refuse(exchange.getResponse(), refused.refusal());
        });
    }

    private NettyConnection open(Channel channel, Admission.Accepted accepted) {
        Scope scope = accepted.scope();
        ConsumerDriver driver =
                new ConsumerDriver(accepted.match().route().consumer().get(), env.limits(), accepted.place()::leave);
        return new NettyConnection(env, channel, scope, accepted.mode(), accepted.session(), driver);
    }

    private NettyConnection openToClose(Channel channel, Admission.Told told) {
        Scope nobody = new Scope(new User("-", "-", Set.of()), "", "", Map.of(), Map.of(), Map.of());
        return new NettyConnection(env, channel, nobody, told.mode(), null, new Farewell(told.code()));
    }

    private static Mono<Void> refuse(ServerHttpResponse response, Refusal refusal) {
        response.setStatusCode(HttpStatusCode.valueOf(refusal.status()));
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_PLAIN);
        headers.setCacheControl("no-store");
        if (refusal.retryAfter() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(refusal.retryAfter()));
        }
        if (refusal == Refusal.MALFORMED) {
            headers.set("Sec-WebSocket-Version", "13"); // RFC 6455 section 4.4
        }
        byte[] body = refusal.body().getBytes(StandardCharsets.UTF_8);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    /** Tells a client why it may not stay. */
    private record Farewell(CloseCode code) implements ConnectionListener {

        @Override
        public Mono<Void> connected(NettyConnection connection) {
            connection.close(code);
            return Mono.empty();
        }

        @Override
        public Mono<Void> received(NettyConnection connection, Frame frame) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> messaged(NettyConnection connection, Message message) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> disconnected(NettyConnection connection, CloseCode ended) {
            return Mono.empty();
        }
    }
}
