package dev.sidestream.sessions.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a secret where the secret itself must not be kept or logged: HMAC-SHA256 with a key of this process, cut to 128
 * bits. Safe for use by many threads.
 */
final class SecretHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    /** What two equal secrets have in common. */
    record Value(long high, long low) {}

    SecretHash() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    Value of(String secret) {
        try {
            Mac mac = (Mac) prototype.clone();
            ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
            return new Value(hash.getLong(), hash.getLong());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's " + ALGORITHM + " can be cloned", e);
        }
    }
}
