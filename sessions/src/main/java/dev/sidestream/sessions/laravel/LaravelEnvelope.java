package dev.sidestream.sessions.laravel;

import dev.sidestream.sessions.format.Node;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.format.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What Laravel's encrypter writes: Base64 of a JSON object with {@code iv}, {@code value} and either {@code mac} (AES-CBC) or
 * {@code tag} (AES-GCM). Read once, however many keys are tried on it.
 *
 * @param iv in Base64, as the mac covers it
 * @param value in Base64, as the mac covers it
 * @param mac in hexadecimal; null when there is a tag
 * @param sealed what to decrypt with AES-GCM, the value with the tag behind it; null when there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record LaravelEnvelope(byte[] iv, byte[] value, byte @Nullable [] mac, byte @Nullable [] sealed) {

    /** A tag of another length could be guessed. */
    private static final int TAG_BYTES = 16;

    /** Null when it is none. */
    static @Nullable LaravelEnvelope parse(byte[] base64) {
        try {
            Node json = Payloads.JSON.read(Base64.getDecoder().decode(base64));
            byte[] iv = ascii(json.get("iv").identifier());
            byte[] value = ascii(json.get("value").identifier());
            byte[] tag = ascii(json.get("tag").identifier());
            byte[] mac = ascii(json.get("mac").identifier());
            if (iv == null || value == null || (tag == null && mac == null)) {
                return null;
            }
            return tag == null
                    ? new LaravelEnvelope(iv, value, mac, null)
                    : new LaravelEnvelope(iv, value, null, sealed(value, tag));
        } catch (UnreadableException | IllegalArgumentException notOne) {
            return null;
        }
    }

    private static byte @Nullable [] ascii(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sealed(byte[] value, byte[] tag) {
        byte[] tagBytes = Base64.getDecoder().decode(tag);
        if (tagBytes.length != TAG_BYTES) {
            throw new IllegalArgumentException("A tag has " + TAG_BYTES + " bytes");
        }
        byte[] data = Base64.getDecoder().decode(value);
        byte[] sealed = Arrays.copyOf(data, data.length + tagBytes.length);
        System.arraycopy(tagBytes, 0, sealed, data.length, tagBytes.length);
        return sealed;
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "LaravelEnvelope[" + (sealed == null ? "CBC" : "GCM") + "]";
    }
}
