package dev.sidestream.ws.api;

import dev.sidestream.ws.admission.OriginPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;

/**
 * What browsers are told when a page of another site asks (the CORS protocol of the Fetch standard): pages of the allowed
 * origins may post JSON with the cookie or a token and read the answer, each told its own origin and never a wildcard. Of any
 * other origin nothing is said, and its preflight is refused.
 */
final class AllowedPages {

    /** For which a browser need not ask again; short, since an origin may be taken off the list. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final CorsConfiguration NOTHING = new CorsConfiguration();

    private final OriginPolicy origins;

    AllowedPages(OriginPolicy origins) {
        this.origins = origins;
    }

    /** Null leaves the request to its handler, which has the same rule and says why it refuses. */
    @Nullable
    CorsConfiguration of(ServerHttpRequest request) {
        List<String> claimed = request.getHeaders().getOrEmpty(HttpHeaders.ORIGIN);
        if (!origins.allows(claimed, false)) {
            return CorsUtils.isPreFlightRequest(request) ? NOTHING : null;
        }
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(claimed);
        allowed.setAllowedMethods(List.of(HttpMethod.POST.name()));
        allowed.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.AUTHORIZATION));
        allowed.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER));
        allowed.setAllowCredentials(true);
        allowed.setMaxAge(REMEMBERED);
        return allowed;
    }
}
