package dev.sidestream.ws.endpoint;

import dev.sidestream.ws.consumer.Routes;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Leads to the {@link SocketEndpoint}: every request that wants an upgrade, and every GET of a route's path, so that a client
 * that forgot to upgrade is told so.
 */
public final class SocketMapping extends AbstractHandlerMapping {

    private final SocketEndpoint endpoint;
    private final Routes routes;

    public SocketMapping(SocketEndpoint endpoint, Routes routes) {
        this.endpoint = endpoint;
        this.routes = routes;
        setOrder(-1); // before annotated controllers and static resources
    }

    @Override
    protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
        boolean upgrade =
                "websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getFirst(HttpHeaders.UPGRADE));
        boolean ours = HttpMethod.GET.equals(exchange.getRequest().getMethod())
                && routes.covers(exchange.getRequest().getURI().getRawPath());
        return upgrade || ours ? Mono.just(endpoint) : Mono.empty();
    }
}
