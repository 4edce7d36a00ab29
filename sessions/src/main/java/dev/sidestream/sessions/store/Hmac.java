package dev.sidestream.sessions.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Message authentication codes of the frameworks' cookies. */
public final class Hmac {

    private Hmac() {}

    public static byte[] sha256(byte[] key, String text) {
        return sha256(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Over all parts, one behind the other. */
    public static byte[] sha256(byte[] key, byte[]... parts) {
        return mac("HmacSHA256", key, parts);
    }

    public static byte[] sha1(byte[] key, String text) {
        return mac("HmacSHA1", key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** In a time that does not depend on where they differ. */
    public static boolean same(byte[] first, byte[] second) {
        return MessageDigest.isEqual(first, second);
    }

    private static byte[] mac(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
