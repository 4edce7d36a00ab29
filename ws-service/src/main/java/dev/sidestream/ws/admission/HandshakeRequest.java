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
                && says(HttpHeaders.UPGRADE, "websocket")
                && headers.getConnection().stream().anyMatch(option -> option.equalsIgnoreCase("upgrade"))
                && says("Sec-WebSocket-Version", "13")
                && hasKey()
                && headers.getOrEmpty(HttpHeaders.AUTHORIZATION).size() <= 1
                && headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    /** One authority (RFC 9112 section 3.2). */
    private boolean hasHost() {
        String host = only(HttpHeaders.HOST);
        return host != null && !host.isBlank();
    }

    private boolean says(String name, String value) {
        return value.equalsIgnoreCase(only(name));
    }

    /** The one value of a header; null when there is none, or a second that a proxy in front might have gone by. */
    private @Nullable String only(String name) {
        List<String> values = headers.getOrEmpty(name);
        return values.size() == 1 ? values.getFirst() : null;
    }

    /** 16 bytes in Base64 (RFC 6455 section 4.1). */
    private boolean hasKey() {
        String key = only("Sec-WebSocket-Key");
        return key != null && key.matches("[A-Za-z0-9+/]{22}==");
    }
}
