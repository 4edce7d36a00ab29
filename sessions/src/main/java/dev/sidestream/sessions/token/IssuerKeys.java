package dev.sidestream.sessions.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key set that an issuer publishes. Kept for five minutes, and fetched anew for a key id that it does not have, twice in
 * 30 s at most. In between such an id is one of no key: whoever makes ids up gets neither more fetches nor an answer that says
 * that tokens cannot be checked. A key that is new meanwhile is known when the 30 s are over.
 *
 * <p>Fails while there is no set. Blocks while it is fetched; safe for use by many threads.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    private static final long LEAST_MILLIS = 30_000;

    private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

    private final JWKSource<SecurityContext> published;

    IssuerKeys(URL url) {
        published = JWKSourceBuilder.<SecurityContext>create(url)
                .rateLimited(LEAST_MILLIS)
                .retrying(true)
                .build();
    }

    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return published.get(wanted, context);
        } catch (RateLimitReachedException fetchedLately) {
            published.get(ANY, context); // fails where no set is kept
            return List.of();
        }
    }
}
