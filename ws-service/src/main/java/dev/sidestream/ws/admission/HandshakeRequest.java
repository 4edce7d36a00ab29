package dev.sidestream.ws.admission;

import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.MultiValueMap;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What admission looks at, whatever server it came through.
 *
 * @param upgradable whether its version of HTTP knows upgrades: 1.1
 */
public record HandshakeRequest(
        boolean upgradable,
        HttpMethod method,
        String rawPath,
        String path,
        MultiValueMap<String, String> query,
        HttpHeaders headers,
        @Nullable InetSocketAddress peer) {

    public static HandshakeRequest of(ServerHttpRequest request) {
        HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
        return new HandshakeRequest(
                server.version().equals(HttpVersion.HTTP_1_1),
                request.getMethod(),
                request.getURI().getRawPath(),
                request.getURI().getPath(),
                request.getQueryParams(),
                request.getHeaders(),
                request.getRemoteAddress());
    }

    /** Whether this is a handshake that we can answer (RFC 6455 section 4.2.1). */
    boolean isWellFormed() {
        return upgradable
                && HttpMethod.GET.equals(method)
                && hasHost()
                && "websocket".equalsIgnoreCase(headers.getFirst(HttpHeaders.UPGRADE))
                && headers.getConnection().stream().anyMatch(option -> option.equalsIgnoreCase("upgrade"))
                && "13".equals(headers.getFirst("Sec-WebSocket-Version"))
                && hasKey()
                && headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    /** One authority, no more, for a proxy in front and the node might choose different ones (RFC 9112 section 3.2). */
    private boolean hasHost() {
        List<String> hosts = headers.getOrEmpty(HttpHeaders.HOST);
        return hosts.size() == 1 && !hosts.getFirst().isBlank();
    }

    /** 16 bytes in Base64 (RFC 6455 section 4.1). */
    private boolean hasKey() {
        String key = headers.getFirst("Sec-WebSocket-Key");
        return key != null && key.matches("[A-Za-z0-9+/]{22}==");
    }
}
