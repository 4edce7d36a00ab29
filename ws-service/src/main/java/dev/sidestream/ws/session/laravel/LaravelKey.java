package dev.sidestream.ws.session.laravel;

import dev.sidestream.ws.session.format.Node;
import dev.sidestream.ws.session.format.Payloads;
import dev.sidestream.ws.session.format.UnreadableException;
import dev.sidestream.ws.session.store.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One key of a Laravel site and what its encrypter does with it: Base64 of a JSON object with {@code iv}, {@code value} and
 * either {@code mac} (AES-CBC, HMAC-SHA256 over both texts, checked first) or {@code tag} (AES-GCM).
 */
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
    byte @Nullable [] decrypt(String encrypted) {
        try {
            Node envelope = Payloads.JSON.read(Base64.getDecoder().decode(encrypted));
            String iv = envelope.get("iv").identifier();
            String value = envelope.get("value").identifier();
            String tag = envelope.get("tag").identifier();
            if (iv == null || value == null) {
                return null;
            }
            return tag != null
                    ? gcm(iv, value, tag)
                    : cbc(iv, value, envelope.get("mac").identifier());
        } catch (UnreadableException | IllegalArgumentException | GeneralSecurityException notOurs) {
            return null;
        }
    }

    private byte @Nullable [] cbc(String iv, String value, @Nullable String mac) throws GeneralSecurityException {
        String due = HexFormat.of().formatHex(Hmac.sha256(key, iv + value));
        if (mac == null || !Hmac.same(due.getBytes(StandardCharsets.UTF_8), mac.getBytes(StandardCharsets.UTF_8))) {
            return null;
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new IvParameterSpec(Base64.getDecoder().decode(iv)));
        return cipher.doFinal(Base64.getDecoder().decode(value));
    }

    private byte[] gcm(String iv, String value, String tag) throws GeneralSecurityException {
        byte[] tagBytes = Base64.getDecoder().decode(tag);
        if (tagBytes.length != TAG_BITS / Byte.SIZE) {
            throw new GeneralSecurityException("A tag of another length could be guessed");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, Base64.getDecoder().decode(iv)));
        byte[] data = Base64.getDecoder().decode(value);
        byte[] joined = java.util.Arrays.copyOf(data, data.length + tagBytes.length);
        System.arraycopy(tagBytes, 0, joined, data.length, tagBytes.length);
        return cipher.doFinal(joined);
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
