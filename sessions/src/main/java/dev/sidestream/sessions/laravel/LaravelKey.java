package dev.sidestream.sessions.laravel;

import dev.sidestream.sessions.store.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One key of a Laravel site and what its encrypter does with it: AES-CBC with HMAC-SHA256, which is checked first, or AES-GCM. */
final class LaravelKey {

    private static final String BASE64 = "base64:";
    private static final int TAG_BITS = 128;

    private final byte[] key;

    private LaravelKey(byte[] key) {
        this.key = key;
    }

    /** From the text of {@code APP_KEY}. */
    static LaravelKey parse(String text) {
        byte[] key = bytes(text.strip());
        if (key == null || (key.length != 16 && key.length != 32)) {
            throw new IllegalArgumentException(
                    "sidestream.session.laravel.keys holds a key that is not one; each must be an"
                            + " APP_KEY as Laravel writes it: base64: and 16 or 32 bytes");
        }
        return new LaravelKey(key);
    }

    byte[] bytes() {
        return key;
    }

    /** The plain bytes; null when this key did not encrypt them, or when they were changed. */
    byte @Nullable [] decrypt(LaravelEnvelope envelope) {
        try {
            byte[] sealed = envelope.sealed();
            return sealed == null ? cbc(envelope) : gcm(envelope, sealed);
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return null;
        }
    }

    private byte @Nullable [] cbc(LaravelEnvelope envelope) throws GeneralSecurityException {
        String due = HexFormat.of().formatHex(Hmac.sha256(key, envelope.iv(), envelope.value()));
        byte[] mac = envelope.mac();
        if (mac == null || !Hmac.same(due.getBytes(StandardCharsets.UTF_8), mac)) {
            return null;
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new IvParameterSpec(Base64.getDecoder().decode(envelope.iv())));
        return cipher.doFinal(Base64.getDecoder().decode(envelope.value()));
    }

    private byte[] gcm(LaravelEnvelope envelope, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, Base64.getDecoder().decode(envelope.iv())));
        return cipher.doFinal(sealed);
    }

    private static byte @Nullable [] bytes(String text) {
        try {
            return text.startsWith(BASE64)
                    ? Base64.getDecoder().decode(text.substring(BASE64.length()))
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
