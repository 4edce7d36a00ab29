package dev.sidestream.e2e;

import dev.sidestream.e2e.system.RunningSystem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON Web Tokens (RFC 7519) that the nodes of the running system believe, and some that they do not. */
final class Tokens {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Tokens() {}

    /** Of a user who exists on no site, for five minutes. */
    static String of(String id, String name) {
        return signed(id, name, RunningSystem.TOKEN_SECRET, Instant.now().plusSeconds(300));
    }

    /** Signed with any secret. */
    static String signed(String id, String name, String secret, Instant expires) {
        String content = part("{\"alg\":\"HS256\"}")
                + "."
                + part("{\"sub\":\"" + id + "\",\"preferred_username\":\"" + name + "\",\"aud\":\"chat\",\"exp\":"
                        + expires.getEpochSecond() + "}");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
