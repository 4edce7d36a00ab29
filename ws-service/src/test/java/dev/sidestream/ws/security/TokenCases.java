package dev.sidestream.ws.security;

import static dev.sidestream.ws.security.SecurityCase.nobody;
import static dev.sidestream.ws.security.SecurityCase.origin;
import static dev.sidestream.ws.security.SecurityCase.over;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.TestNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Tokens that are not believed, and tokens where none belongs. */
final class TokenCases {

    private static final String LOBBY = "/chat/lobby/";

    private final Sites sites;
    private final List<SecurityCase> cases = new ArrayList<>();

    private TokenCases(Sites sites) {
        this.sites = sites;
    }

    static List<SecurityCase> of(Sites sites) {
        TokenCases all = new TokenCases(sites);
        all.notBelieved();
        all.inTheWrongPlace();
        all.withTheWrongOrigin();
        return all.cases;
    }

    private static JWTClaimsSet claims(int secondsLeft) {
        return new JWTClaimsSet.Builder()
                .subject("alice")
                .expirationTime(Date.from(Instant.now().plusSeconds(secondsLeft)))
                .build();
    }

    private static String token(String secret, int secondsLeft) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(secondsLeft));
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String token() {
        return token(Sites.JWT_SECRET, 600);
    }

    /** As a program does it: no cookie, no origin. */
    private Handshake program(String authorization) {
        return Handshake.to(sites.node, LOBBY).without("Origin").header("Authorization", authorization);
    }

    private void notBelieved() {
        cases.add(nobody(
                "token of another secret, while an old one still is in the list",
                () -> program("Token " + token(Sites.OLD_JWT_SECRET, 600)),
                () -> program("Token " + token("another secret of more than 32 bytes", 600))));
        cases.add(over(
                "token past its time",
                () -> program("Bearer " + token()),
                () -> program("Bearer " + token(Sites.JWT_SECRET, -60))));
        cases.add(nobody(
                "token that is not signed",
                () -> program("bearer " + token()),
                () -> program("Bearer " + new PlainJWT(claims(600)).serialize())));
        cases.add(nobody("token cut off", () -> program("TOKEN " + token()), () -> {
            String token = token();
            return program("Token " + token.substring(0, token.length() - 5));
        }));
        cases.add(nobody(
                "token with the cookie of a login, and not believed",
                () -> sites.page(sites.springLogin()),
                () -> sites.page(sites.springLogin()).header("Authorization", "Token forged")));
    }

    private void inTheWrongPlace() {
        for (String parameter : List.of("token", "access_token", "ticket", "authorization", "jwt")) {
            misplaced("in the query as " + parameter, page(LOBBY + "?" + parameter + "=" + token()));
        }
        for (String cookie : List.of("token", "access_token", "SESSION", "sessionid", "session", "PHPSESSID")) {
            misplaced("in the cookie " + cookie, sites.page(cookie + "=" + token()));
        }
        misplaced("as Basic", page(LOBBY).header("Authorization", "Basic " + token()));
        misplaced("without a scheme", page(LOBBY).header("Authorization", token()));
        misplaced("of another scheme", page(LOBBY).header("Authorization", "Digest " + token()));
        misplaced("in X-Auth-Token", page(LOBBY).header("X-Auth-Token", token()));
        misplaced("in Proxy-Authorization", page(LOBBY).header("Proxy-Authorization", "Bearer " + token()));
        cases.add(new SecurityCase(
                "token as the sub-protocol",
                () -> program("Token " + token()),
                () -> page(LOBBY).header("Sec-WebSocket-Protocol", token()),
                400,
                "unknown_subprotocol"));
        cases.add(new SecurityCase(
                "token beside the sub-protocol",
                () -> program("Token " + token()),
                () -> page(LOBBY).full().header("Sec-WebSocket-Protocol", "sidestream.v1.json, " + token()),
                4009,
                ""));
    }

    private Handshake page(String target) {
        return Handshake.to(sites.node, target);
    }

    private void misplaced(String where, Handshake attack) {
        cases.add(nobody("token " + where, () -> program("Token " + token()), () -> attack));
    }

    private void withTheWrongOrigin() {
        cases.add(origin(
                "token in a page of another site",
                () -> program("Token " + token()).header("Origin", TestNode.ORIGIN),
                () -> program("Token " + token()).header("Origin", "https://evil.test")));
        cases.add(origin(
                "token with a cookie beside it, and no origin",
                () -> program("Token " + token()),
                () -> program("Token " + token()).header("Cookie", "theme=dark")));
    }
}
