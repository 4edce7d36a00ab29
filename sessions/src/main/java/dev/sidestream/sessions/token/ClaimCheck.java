package dev.sidestream.sessions.token;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sidestream.sessions.store.Advice;
import java.text.ParseException;

/**
 * Keeps an eye on whether the claims of the settings ever fit a token whose signature does, and says which setting to look at
 * otherwise. Shows nothing of the token.
 */
final class ClaimCheck {

    private final JwtProperties settings;
    private final Advice advice;
    private volatile boolean fitted;

    ClaimCheck(JwtProperties settings, Advice advice) {
        this.settings = settings;
        this.advice = advice;
    }

    void fits() {
        fitted = true;
    }

    /** One that is signed with a key of ours and not believed. */
    void fails(String token) {
        if (fitted) {
            return;
        }
        try {
            look(SignedJWT.parse(token).getJWTClaimsSet());
        } catch (ParseException noToken) {
            // It was one when its signature was checked.
        }
    }

    private void look(JWTClaimsSet claims) {
        if (settings.issuer() != null && !settings.issuer().equals(claims.getIssuer())) {
            warn("iss", "sidestream.session.jwt.issuer");
        }
        if (settings.audience() != null && !claims.getAudience().contains(settings.audience())) {
            warn("aud", "sidestream.session.jwt.audience");
        }
        if (!JwtUser.isName(claims.getClaim(settings.userClaim()))) {
            warn("with the user's id", "sidestream.session.jwt.user-claim");
        }
    }

    private void warn(String claim, String property) {
        advice.warn("Tokens come that a key of the settings fits, but none has been believed yet: the claim " + claim
                + " is not there, or not what " + property + " asks for.");
    }
}
