package dev.sidestream.sessions.token;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which JSON Web Tokens are believed. Several keys may be given, so that they can be rotated: any that fits is enough.
 *
 * @param jwks URL of the issuer's key set; fetched when needed, kept for five minutes
 * @param secrets shared secrets for HS256, HS384 and HS512; at least 32 bytes each, and one
 *     of less than 48 or 64 bytes fits no HS384 or HS512
 * @param publicKeys public keys for RS, PS and ES algorithms, in PEM
 * @param issuer the {@code iss} that a token must have
 * @param audience the {@code aud} that a token must have
 * @param userClaim the claim with the user's id
 * @param nameClaim the claim with the user's name; the id is the name where a token has none
 * @param rolesClaim the claim with the roles: a list, or a text with spaces between them
 */
@ConfigurationProperties("sidestream.session.jwt")
public record JwtProperties(
        @Nullable String jwks,
        @DefaultValue List<String> secrets,
        @DefaultValue List<String> publicKeys,
        @Nullable String issuer,
        @Nullable String audience,
        @DefaultValue("sub") String userClaim,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("roles") String rolesClaim) {

    public JwtProperties {
        secrets = List.copyOf(secrets);
        publicKeys = List.copyOf(publicKeys);
    }

    /** The defaults, with the secrets that tokens are signed with. */
    public static JwtProperties ofSecrets(String... secrets) {
        return of(null, List.of(secrets));
    }

    /** The defaults, with the URL of the issuer's key set. */
    public static JwtProperties ofKeySet(String jwks) {
        return of(jwks, List.of());
    }

    private static JwtProperties of(@Nullable String jwks, List<String> secrets) {
        return new JwtProperties(jwks, secrets, List.of(), null, null, "sub", "preferred_username", "roles");
    }

    /** Leaves the secrets out, and the URL, since it may hold a password. */
    @Override
    public String toString() {
        return "JwtProperties[jwks=" + (jwks == null ? "none" : "set") + ", secrets=" + secrets.size() + ", publicKeys="
                + publicKeys.size() + ", issuer=" + issuer + ", audience=" + audience + "]";
    }
}
