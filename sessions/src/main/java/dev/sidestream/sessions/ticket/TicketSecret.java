package dev.sidestream.sessions.ticket;

import dev.sidestream.sessions.store.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A ticket's bytes and what is derived from them: the key in Redis, and the key that its value is encrypted with. */
final class TicketSecret {

    private static final String PREFIX = "ss:ticket:";
    private static final int LENGTH = 32;
    private static final int TAG_BITS = 128;

    /** Each secret encrypts once, so the nonce need not differ. */
    private static final byte[] NONCE = new byte[12];

    private final byte[] secret;

    TicketSecret(byte[] secret) {
        this.secret = secret;
    }

    /** Null when the text cannot be a ticket. */
    static @Nullable TicketSecret parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == LENGTH ? new TicketSecret(bytes) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    byte[] key() {
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Hmac.sha256(secret, "key"));
        return (PREFIX + hash).getBytes(StandardCharsets.UTF_8);
    }

    byte[] seal(byte[] content) {
        try {
            return cipher(Cipher.ENCRYPT_MODE).doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    /** Null when it was not sealed with this ticket. */
    byte @Nullable [] open(byte[] sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE).doFinal(sealed);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(Hmac.sha256(secret, "value"), "AES");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, NONCE));
        return cipher;
    }
}
