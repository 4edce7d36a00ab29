package dev.sidestream.sessions.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Identity;
import dev.sidestream.sessions.store.SecretCheck;
import dev.sidestream.sessions.store.Verdicts;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The resolver {@code jwt}. A token's session is the token itself: it ends when the token expires, and nothing ends it before.
 * A revocation closes the sockets that stand on it now; whoever has the token may connect again. Where a key set is fetched,
 * that happens off the event loop.
 */
public final class JwtResolver implements SessionResolver {

    /** What it is called in the settings. */
    public static final String NAME = "jwt";

    /** Longest token, in characters, that is looked at. */
    private static final int MAX_TOKEN = 8 * 1024;

    private final List<JwtVerifier> verifiers;
    private final JwtUser user;
    private final boolean mayBlock;
    private final SecretCheck keys;
    private final ClaimCheck claims;
    private final Advice advice;

    private JwtResolver(JwtProperties settings, Advice advice) {
        this.verifiers = JwtVerifier.all(settings);
        this.user = new JwtUser(settings.userClaim(), settings.nameClaim(), settings.rolesClaim());
        this.mayBlock = settings.jwks() != null;
        this.keys = new SecretCheck(
                advice,
                "Tokens",
                "sidestream.session.jwt.secrets, sidestream.session.jwt.public-keys or sidestream.session.jwt.jwks",
                "A secret must be the site's own, character by character, and as long as the algorithm's hash:"
                        + " 32 bytes for HS256, 48 for HS384, 64 for HS512.");
        this.claims = new ClaimCheck(settings, advice);
        this.advice = advice;
    }

    /** Throws when the settings have no key. */
    public static JwtResolver of(JwtProperties settings, Advice advice) {
        return new JwtResolver(settings, advice);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<Authentication> resolve(Credentials credentials) {
        String token = credentials.token();
        return token == null ? Mono.just(Verdicts.ANONYMOUS) : verify(token);
    }

    @Override
    public Mono<Authentication> reread(SessionRef session) {
        return verify(session.key())
                .map(now -> now instanceof Authentication.Anonymous ? new Authentication.Expired() : now);
    }

    private Mono<Authentication> verify(String token) {
        if (token.length() > MAX_TOKEN) {
            return Mono.just(Verdicts.ANONYMOUS);
        }
        Mono<Authentication> answer = Mono.fromCallable(() -> answer(token));
        return mayBlock ? answer.subscribeOn(Schedulers.boundedElastic()) : answer;
    }

    private Authentication answer(String token) {
        Authentication answer = Verdicts.ANONYMOUS;
        boolean strange = false;
        for (JwtVerifier verifier : verifiers) {
            try {
                answer = Verdicts.better(answer, login(token, verifier.verify(token)));
                keys.fits();
            } catch (ExpiredJWTException expired) {
                answer = Verdicts.better(answer, new Authentication.Expired());
                keys.fits();
                claims.fits();
            } catch (BadJWTException claimsNotBelieved) {
                keys.fits();
                claims.fails(token);
            } catch (BadJOSEException noKeyFits) {
                strange = true;
            } catch (ParseException noToken) {
                // What is wrong with a token is not told apart: to a client it is no token.
            } catch (KeySourceException keySetOutOfReach) {
                adviseOn(keySetOutOfReach);
                String why = keySetOutOfReach.getClass().getSimpleName();
                answer = Verdicts.better(answer, new Authentication.Unavailable(why));
            } catch (JOSEException keyCannotBeTried) {
                strange = true;
            }
        }
        if (strange) {
            keys.fails();
        }
        return answer;
    }

    private Authentication login(String token, JWTClaimsSet content) {
        Identity found = user.of(content);
        if (found == null) {
            claims.fails(token);
            return Verdicts.ANONYMOUS;
        }
        claims.fits();
        Instant end = content.getExpirationTime().toInstant();
        return new Authentication.Authenticated(found.user(), new SessionRef(NAME, token, found.fingerprint(), end));
    }

    /** Why it cannot be fetched is known from the first cause; an attempt that was not made says nothing new. */
    private void adviseOn(KeySourceException failure) {
        if (failure instanceof RateLimitReachedException) {
            return;
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        advice.warn("The key set of sidestream.session.jwt.jwks cannot be fetched ("
                + cause.getClass().getSimpleName()
                + "). Tokens that no other key fits are refused with 503 until it can.");
    }
}
