package dev.sidestream.ws.endpoint;

import dev.sidestream.sessions.User;
import dev.sidestream.ws.admission.Admission;
import dev.sidestream.ws.admission.Admissions;
import dev.sidestream.ws.admission.HandshakeRequest;
import dev.sidestream.ws.admission.Refusal;
import dev.sidestream.ws.connection.websocket.ConnectionServices;
import dev.sidestream.ws.connection.websocket.NettyConnection;
import dev.sidestream.ws.consumer.ConsumerDriver;
import dev.sidestream.ws.scope.Scope;
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
    private final ConnectionServices services;

    public SocketEndpoint(Admissions admissions, SocketUpgrade upgrade, ConnectionServices services) {
        this.admissions = admissions;
        this.upgrade = upgrade;
        this.services = services;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return admissions.admit(HandshakeRequest.of(exchange.getRequest())).flatMap(admission -> switch (admission) {
            case Admission.Accepted accepted ->
                upgrade.upgrade(exchange, accepted.dialect(), channel -> open(channel, accepted))
                        .switchIfEmpty(Mono.fromRunnable(accepted.permit()::leave))
                        .doOnError(ignored -> accepted.permit().leave())
                        .doOnCancel(accepted.permit()::leave)
                        .then();
            case Admission.UpgradeThenClose told ->
                upgrade.upgrade(exchange, told.dialect(), channel -> openToClose(channel, told))
                        .then();
            case Admission.Refused refused -> refuse(exchange.getResponse(), refused.refusal());
        });
    }

    private NettyConnection open(Channel channel, Admission.Accepted accepted) {
        Scope scope = accepted.scope();
        ConsumerDriver driver =
                new ConsumerDriver(accepted.match().route().consumer().get(), services.limits(), accepted.permit());
        return new NettyConnection(services, channel, scope, accepted.dialect(), accepted.session(), driver);
    }

    private NettyConnection openToClose(Channel channel, Admission.UpgradeThenClose told) {
        Scope nobody = new Scope(new User("-", "-", Set.of()), "", "", Map.of(), Map.of(), Map.of());
        return new NettyConnection(services, channel, nobody, told.dialect(), null, new TellAndClose(told.code()));
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
}
