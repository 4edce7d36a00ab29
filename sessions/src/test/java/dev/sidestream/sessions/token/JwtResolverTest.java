package dev.sidestream.sessions.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Anonymous;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.Authentication.Expired;
import dev.sidestream.sessions.Authentication.Unavailable;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Warnings;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class JwtResolverTest {

    /** Of the ids 1 and 2; made once, as that takes a second each. */
    private static final List<RSAKey> KEYS = List.of(key("1"), key("2"));

    private static final String OLD = "an old secret of more than 32 bytes";
    private static final String NEW = "a new secret of more than 32 bytes!";

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void believesTokensOfAnyOfItsSecretsSoThatTheyCanBeRotated() throws Exception {
        JwtResolver resolver = resolver(null, List.of(NEW, OLD), List.of());

        for (String secret : List.of(NEW, OLD)) {
            Authenticated login = (Authenticated) ask(resolver, hs256(secret, claims().build()));
            assertThat(login.user().id()).isEqualTo("7");
            assertThat(login.user().name()).isEqualTo("alice");
            assertThat(login.user().roles()).containsExactlyInAnyOrder("editor", "admin");
            assertThat(login.session().deadline()).isAfter(Instant.now());
            assertThat(resolver.reread(login.session()).block()).isInstanceOf(Authenticated.class);
        }
        assertThat(ask(resolver, hs256("another secret of more than 32 bytes", claims().build())))
                .isInstanceOf(Anonymous.class);
    }

    @Test
    void believesRsaAndEcKeys() throws Exception {
        RSAKey rsa = KEYS.get(0);
        ECKey ec = new ECKeyGenerator(Curve.P_256).generate();
        JwtResolver resolver = resolver(null, List.of(), List.of(pem(rsa.toPublicKey()), pem(ec.toPublicKey())));

        assertThat(ask(resolver, signed(JWSAlgorithm.RS256, "kid-1", new RSASSASigner(rsa), claims().build())))
                .isInstanceOf(Authenticated.class);
        assertThat(ask(resolver, signed(JWSAlgorithm.ES256, null, new ECDSASigner(ec), claims().build())))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void passesOverSecretsThatAreShorterThanTheHash() throws Exception {
        String longest = "b".repeat(64);
        String token = hmac(JWSAlgorithm.HS512, longest);

        assertThat(ask(resolver(null, List.of(NEW, longest), List.of()), token)).isInstanceOf(Authenticated.class);
        assertThat(ask(resolver(null, List.of(NEW), List.of()), token)).isInstanceOf(Anonymous.class);
        assertThat(ask(resolver(null, List.of(NEW), List.of()), hmac(JWSAlgorithm.HS384, "c".repeat(48))))
                .isInstanceOf(Anonymous.class);
        assertThat(ask(resolver(null, List.of("c".repeat(48)), List.of()), hmac(JWSAlgorithm.HS384, "c".repeat(48))))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void passesOverKeysOnAnotherCurve() throws Exception {
        ECKey p256 = new ECKeyGenerator(Curve.P_256).generate();
        ECKey p384 = new ECKeyGenerator(Curve.P_384).generate();
        String token = signed(JWSAlgorithm.ES384, null, new ECDSASigner(p384), claims().build());
        List<String> both = List.of(pem(p256.toPublicKey()), pem(p384.toPublicKey()));

        assertThat(ask(resolver(null, List.of(), both), token)).isInstanceOf(Authenticated.class);
        assertThat(ask(resolver(null, List.of(), both.subList(0, 1)), token)).isInstanceOf(Anonymous.class);
    }

    @Test
    void neverTakesAPublicKeyForASecret() throws Exception {
        RSAKey rsa = KEYS.get(0);
        JwtResolver resolver = resolver(null, List.of(), List.of(pem(rsa.toPublicKey())));

        assertThat(ask(resolver, hs256(pem(rsa.toPublicKey()), claims().build())))
                .isInstanceOf(Anonymous.class);
    }

    @Test
    void believesNoTokenThatIsUnsignedEndlessExpiredNamelessOrOfAnother() throws Exception {
        JwtResolver resolver = JwtResolver.of(
                new JwtProperties(
                        null, List.of(NEW), List.of(), "https://issuer", "chat", "sub", "preferred_username", "roles"),
                new Advice());
        JWTClaimsSet good = claims().issuer("https://issuer").audience("chat").build();

        assertThat(ask(resolver, hs256(NEW, good))).isInstanceOf(Authenticated.class);
        assertThat(ask(resolver, new PlainJWT(good).serialize())).isInstanceOf(Anonymous.class);
        assertThat(ask(resolver, hs256(NEW, with(good).issuer("https://other").build())))
                .isInstanceOf(Anonymous.class);
        assertThat(ask(resolver, hs256(NEW, with(good).audience("mail").build())))
                .isInstanceOf(Anonymous.class);
        assertThat(ask(resolver, hs256(NEW, with(good).subject(null).build()))).isInstanceOf(Anonymous.class);
        assertThat(ask(resolver, hs256(NEW, with(good).expirationTime(null).build())))
                .isInstanceOf(Anonymous.class);
        assertThat(ask(resolver, hs256(NEW, with(good).notBeforeTime(in(60)).build())))
                .isInstanceOf(Anonymous.class);
        assertThat(ask(resolver, hs256(NEW, with(good).expirationTime(in(-60)).build())))
                .isInstanceOf(Expired.class);
        assertThat(ask(resolver, "not.a.token")).isInstanceOf(Anonymous.class);
        assertThat(ask(resolver, "a".repeat(100_000))).isInstanceOf(Anonymous.class);
    }

    @Test
    void followsAKeySetOverARotation() throws Exception {
        RSAKey first = KEYS.get(0);
        RSAKey second = KEYS.get(1);
        AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(first));
        DisposableServer issuer = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.sendString(
                        Mono.just(published.get().toPublicJWKSet().toString())))
                .bindNow();
        JwtResolver resolver = resolver("http://127.0.0.1:" + issuer.port() + "/keys", List.of(), List.of());

        assertThat(ask(resolver, signed(JWSAlgorithm.RS256, "1", new RSASSASigner(first), claims().build())))
                .isInstanceOf(Authenticated.class);
        published.set(new JWKSet(List.of(first, second)));
        assertThat(ask(resolver, signed(JWSAlgorithm.RS256, "2", new RSASSASigner(second), claims().build())))
                .isInstanceOf(Authenticated.class);

        issuer.disposeNow(Duration.ofSeconds(10));
        // A port that nothing can listen on.
        JwtResolver later = resolver("http://127.0.0.1:0/keys", List.of(), List.of());
        assertThat(ask(later, signed(JWSAlgorithm.RS256, "2", new RSASSASigner(second), claims().build())))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void takesInventedKeyIdsForNobodyHoweverManyAndKeepsTheKeysThatItHas() throws Exception {
        RSAKey published = KEYS.get(0);
        RSAKey forger = KEYS.get(1);
        AtomicInteger fetches = new AtomicInteger();
        DisposableServer issuer = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    fetches.incrementAndGet();
                    return response.sendString(
                            Mono.just(new JWKSet(published).toPublicJWKSet().toString()));
                })
                .bindNow();
        JwtResolver resolver = resolver("http://127.0.0.1:" + issuer.port() + "/keys", List.of(), List.of());

        for (int i = 0; i < 40; i++) {
            assertThat(ask(
                            resolver,
                            signed(JWSAlgorithm.RS256, "invented" + i, new RSASSASigner(forger), claims().build())))
                    .isInstanceOf(Anonymous.class);
        }
        assertThat(ask(resolver, signed(JWSAlgorithm.RS256, "1", new RSASSASigner(published), claims().build())))
                .isInstanceOf(Authenticated.class);
        // Two in 30 s, of which each may be tried once more where the issuer's answer takes its time.
        assertThat(fetches).hasValueLessThanOrEqualTo(4);
        issuer.disposeNow(Duration.ofSeconds(10));
    }

    @Test
    void namesTheSettingThatNoTokenMeets() throws Exception {
        JWTClaimsSet good = claims().issuer("https://issuer")
                .audience(List.of("chat", "mail"))
                .build();
        for (JwtProperties wrong : List.of(
                new JwtProperties(null, List.of(NEW), List.of(), null, "chatt", "sub", "n", "r"),
                new JwtProperties(null, List.of(NEW), List.of(), "https://issuer/", "mail", "sub", "n", "r"),
                new JwtProperties(null, List.of(NEW), List.of(), null, null, "email", "n", "r"))) {
            JwtResolver resolver = JwtResolver.of(wrong, new Advice());
            ask(resolver, hs256(NEW, good));
            ask(resolver, hs256(NEW, with(good).jwtID("another").build()));
        }
        assertThat(warnings.texts())
                .satisfiesExactly(
                        text -> assertThat(text).contains("sidestream.session.jwt.audience"),
                        text -> assertThat(text).contains("sidestream.session.jwt.issuer"),
                        text -> assertThat(text).contains("sidestream.session.jwt.user-claim"));
    }

    @Test
    void saysNothingOfATokenForAnotherWhereTokensAreBelieved() throws Exception {
        JwtResolver resolver = JwtResolver.of(
                new JwtProperties(null, List.of(NEW), List.of(), null, "chat", "sub", "n", "r"), new Advice());
        ask(resolver, hs256(NEW, claims().audience("chat").build()));
        ask(resolver, hs256(NEW, claims().audience("mail").build()));

        assertThat(warnings.texts()).isEmpty();
    }

    @Test
    void namesTheSettingWhenTheKeySetCannotBeFetched() throws Exception {
        JwtResolver resolver = resolver("http://127.0.0.1:1/keys?key=canary", List.of(), List.of());
        RSAKey key = KEYS.get(0);
        for (int i = 0; i < 4; i++) {
            assertThat(ask(resolver, signed(JWSAlgorithm.RS256, "1", new RSASSASigner(key), claims().build())))
                    .isInstanceOf(Unavailable.class);
        }
        assertThat(warnings.texts())
                .singleElement()
                .asString()
                .contains("sidestream.session.jwt.jwks", "503")
                .doesNotContain("canary");
    }

    @Test
    void saysWhichSettingIsWrong() {
        assertThatThrownBy(() -> resolver(null, List.of(), List.of()))
                .hasMessageContaining("sidestream.session.jwt.jwks");
        assertThatThrownBy(() -> resolver(null, List.of("short"), List.of()))
                .hasMessageContaining("sidestream.session.jwt.secrets")
                .hasMessageNotContaining("short,");
        assertThatThrownBy(() -> resolver(null, List.of(), List.of("nonsense")))
                .hasMessageContaining("sidestream.session.jwt.public-keys");
        assertThatThrownBy(() -> resolver("no url of user:canary@host", List.of(), List.of()))
                .hasMessageContaining("sidestream.session.jwt.jwks")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    private static JwtResolver resolver(String jwks, List<String> secrets, List<String> publicKeys) {
        return JwtResolver.of(
                new JwtProperties(jwks, secrets, publicKeys, null, null, "sub", "preferred_username", "roles"),
                new Advice());
    }

    private static Authentication ask(JwtResolver resolver, String token) {
        return resolver.resolve(new Credentials(List.of(), "Bearer " + token, null, null))
                .block(Duration.ofSeconds(20));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("7")
                .claim("preferred_username", "alice")
                .claim("roles", List.of("editor", "admin"))
                .expirationTime(in(600));
    }

    private static JWTClaimsSet.Builder with(JWTClaimsSet claims) {
        return new JWTClaimsSet.Builder(claims);
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String hs256(String secret, JWTClaimsSet claims) throws Exception {
        return signed(JWSAlgorithm.HS256, null, new MACSigner(secret), claims);
    }

    private static String hmac(JWSAlgorithm algorithm, String secret) throws Exception {
        return signed(algorithm, null, new MACSigner(secret), claims().build());
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims)
            throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .keyID(keyId)
                        .build(),
                claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
