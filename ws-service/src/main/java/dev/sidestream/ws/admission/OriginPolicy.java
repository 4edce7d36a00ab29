package dev.sidestream.ws.admission;

import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a request may use what its browser adds by itself, the cookie: the defence against cross-site WebSocket
 * hijacking (RFC 6455 section 10.2). Exact comparison with a configured list, nothing derived from the request.
 */
public final class OriginPolicy {

    private static final Logger log = LoggerFactory.getLogger(OriginPolicy.class);

    private final Set<String> allowed;

    public OriginPolicy(OriginProperties settings) {
        allowed = Set.copyOf(settings.allowed());
        if (allowed.isEmpty()) {
            log.warn("No browser can connect: set sidestream.origin.allowed to the origin of your site,"
                    + " for example https://www.example.com");
        }
    }

    /**
     * Whether a request of these origins may come in.
     *
     * @param origins the values of all Origin headers
     * @param tokenOnly whether the request brings a token or ticket and no cookie, which no browser adds by itself
     */
    public boolean allows(List<String> origins, boolean tokenOnly) {
        return switch (origins.size()) {
            case 0 -> tokenOnly;
            case 1 -> allowed.contains(origins.getFirst());
            default -> false;
        };
    }
}
