package dev.sidestream.gateway.web;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the pages open their sockets.
 *
 * @param websocketOrigin origin of a node, such as {@code ws://localhost:8081}, for a site without a proxy in front; empty,
 *     which is the rule, for the origin of the page itself
 */
@ConfigurationProperties("gateway")
public record WebSocketOrigin(@DefaultValue("") String websocketOrigin) {

    public WebSocketOrigin {
        websocketOrigin = websocketOrigin.isBlank() ? "" : origin(websocketOrigin.strip());
    }

    /** Whether pages use their own origin. */
    public boolean isOfPage() {
        return websocketOrigin.isEmpty();
    }

    private static String origin(String text) {
        URI uri = URI.create(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        String socketScheme = switch (scheme) {
            case "ws", "http" -> "ws";
            case "wss", "https" -> "wss";
            default -> "";
        };
        boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty() || "/".equals(uri.getRawPath());
        if (socketScheme.isEmpty() || uri.getHost() == null || !bare || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "gateway.websocket-origin is '" + text + "', it must be an origin such as ws://localhost:8081");
        }
        return socketScheme + "://" + uri.getRawAuthority();
    }
}
