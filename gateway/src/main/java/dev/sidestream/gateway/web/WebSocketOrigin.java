package dev.sidestream.gateway.web;

import java.net.URI;
import java.net.URISyntaxException;
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
        IllegalArgumentException refusal = new IllegalArgumentException(
                "gateway.websocket-origin is '" + text + "', it must be an origin such as ws://localhost:8081");
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refusal;
        }
        String scheme = switch (uri.getScheme()) {
            case "ws", "http" -> "ws";
            case "wss", "https" -> "wss";
            case null, default -> throw refusal;
        };
        boolean bare = uri.getRawPath().isEmpty() || "/".equals(uri.getRawPath());
        if (uri.getHost() == null || !bare || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
            throw refusal;
        }
        return scheme + "://" + uri.getRawAuthority();
    }
}
