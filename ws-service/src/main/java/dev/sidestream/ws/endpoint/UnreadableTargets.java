package dev.sidestream.ws.endpoint;

import dev.sidestream.ws.admission.HandshakeMetrics;
import dev.sidestream.ws.admission.Refusal;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Gives handshakes whose target is no URI, such as {@code ?a=%}, the reason that all others get: WebFlux answers them itself,
 * with an empty 400, before admission could look at them.
 */
public final class UnreadableTargets implements NettyServerCustomizer {

    private final HandshakeMetrics metrics;

    public UnreadableTargets(HandshakeMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.mapHandle(this::explained);
    }

    /** A status that stands before WebFlux has handled anything is its refusal of the target. */
    private Mono<Void> explained(Mono<Void> handling, Connection connection) {
        return connection instanceof HttpServerRequest request
                        && connection instanceof HttpServerResponse response
                        && response.status().code() == Refusal.MALFORMED.status()
                        && "websocket".equalsIgnoreCase(request.requestHeaders().get("Upgrade"))
                ? handling.then(refuse(response))
                : handling;
    }

    private Mono<Void> refuse(HttpServerResponse response) {
        metrics.refused(Refusal.MALFORMED);
        return response.header("Content-Type", "text/plain")
                .header("Cache-Control", "no-store")
                .header("Sec-WebSocket-Version", "13")
                .sendString(Mono.just(Refusal.MALFORMED.body()))
                .then();
    }
}
