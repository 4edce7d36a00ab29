package dev.sidestream.sessions.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens against one source of keys. Only signed tokens are believed, only with an expiry, and with the issuer and
 * audience of the settings where they name some. Clocks may differ by five seconds.
 */
final class JwtVerifier {

    private static final int CLOCK_SKEW_SECONDS = 5;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private JwtVerifier(JWSKeySelector<SecurityContext> keys, JwtProperties settings) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (settings.issuer() != null) {
            exact.issuer(settings.issuer());
        }
        Set<String> audience = settings.audience() == null ? null : Set.of(settings.audience());
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(audience, exact.build(), Set.of("exp", settings.userClaim()), Set.of());
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier(claims);
        // Some issuers write "at+jwt" (RFC 9068); the type proves nothing here, the signature does.
        processor.setJWSTypeVerifier((type, context) -> {});
    }

    /** One for the keys of the settings, one for the key set of the issuer. */
    static List<JwtVerifier> all(JwtProperties settings) {
        List<JwtVerifier> all = new ArrayList<>();
        JwtKeys keys = new JwtKeys(settings.secrets(), settings.publicKeys());
        if (!keys.isEmpty()) {
            all.add(new JwtVerifier(keys, settings));
        }
        if (settings.jwks() != null) {
            all.add(new JwtVerifier(keySet(settings.jwks()), settings));
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("The resolver jwt needs a key: set sidestream.session.jwt.jwks,"
                    + " sidestream.session.jwt.public-keys or sidestream.session.jwt.secrets");
        }
        return all;
    }

    JWTClaimsSet verify(String token) throws ParseException, BadJOSEException, JOSEException {
        return processor.process(token, null);
    }

    /** Only public keys: a published set cannot hold a secret. */
    private static JWSKeySelector<SecurityContext> keySet(@Nullable String url) {
        Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        return new JWSVerificationKeySelector<>(algorithms, new IssuerKeys(url(String.valueOf(url))));
    }

    /** The URL and the cause of a failure, which would quote it, are left out: it may hold a password. */
    @SuppressWarnings("UnusedException")
    private static URL url(String url) {
        try {
            return URI.create(url).toURL();
        } catch (MalformedURLException | IllegalArgumentException secret) {
            throw new IllegalArgumentException("sidestream.session.jwt.jwks is no URL; it must be the one of a JSON Web"
                    + " Key Set, such as https://login.example.org/.well-known/jwks.json");
        }
    }
}
