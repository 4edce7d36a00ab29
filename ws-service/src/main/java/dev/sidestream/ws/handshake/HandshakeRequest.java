package dev.sidestream.ws.handshake;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/** What admission looks at, whatever server it came through. */
public record HandshakeRequest(
        HttpMethod method,
        String rawPath,
        String path,
        MultiValueMap<String, String> query,
        HttpHeaders headers,
        @Nullable InetSocketAddress peer) {

    public static HandshakeRequest of(ServerHttpRequest request) {
        return new HandshakeRequest(
                request.getMethod(),
                request.getURI().getRawPath(),
                request.getURI().getPath(),
                request.getQueryParams(),
                request.getHeaders(),
                request.getRemoteAddress());
    }

    /** Whether this is a handshake that we can answer (RFC 6455 section 4.2.1). */
    boolean isWellFormed() {
        return HttpMethod.GET.equals(method)
                && "websocket".equalsIgnoreCase(headers.getFirst(HttpHeaders.UPGRADE))
                && headers.getConnection().stream().anyMatch(option -> option.equalsIgnoreCase("upgrade"))
                && "13".equals(headers.getFirst("Sec-WebSocket-Version"))
                && hasKey()
                && headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    /** 16 bytes in Base64 (RFC 6455 section 4.1). */
    private boolean hasKey() {
        String key = headers.getFirst("Sec-WebSocket-Key");
        return key != null && key.matches("[A-Za-z0-9+/]{22}==");
    }
}
