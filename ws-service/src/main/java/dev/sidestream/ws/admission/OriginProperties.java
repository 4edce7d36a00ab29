package dev.sidestream.ws.admission;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which sites may open sockets, {@code sidestream.origin.*}.
 *
 * @param allowed origins as a browser spells them: scheme, host and port, the port left out where it is the scheme's own;
 *     compared exactly
 */
@ConfigurationProperties("sidestream.origin")
public record OriginProperties(@DefaultValue List<String> allowed) {

    public OriginProperties {
        allowed = allowed.stream().map(OriginProperties::normalised).toList();
    }

    private static String normalised(String origin) {
        try {
            URI uri = URI.create(origin.strip());
            String scheme = uri.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            boolean bare = uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
            if (web && bare && uri.getUserInfo() == null) {
                boolean usual = uri.getPort() == -1 || uri.getPort() == ("http".equals(scheme) ? 80 : 443);
                String host = uri.getHost().toLowerCase(java.util.Locale.ROOT);
                return scheme + "://" + host + (usual ? "" : ":" + uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            throw invalid(origin, e);
        }
        throw invalid(origin, null);
    }

    private static IllegalArgumentException invalid(String origin, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "sidestream.origin.allowed holds '" + origin
                        + "', it takes origins like https://www.example.com or http://localhost:8000, without a path",
                cause);
    }
}
