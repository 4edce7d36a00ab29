package dev.sidestream.sessions.laravel;

import dev.sidestream.sessions.store.CookieReader;
import dev.sidestream.sessions.store.Cookies;
import dev.sidestream.sessions.store.Hmac;
import dev.sidestream.sessions.store.PercentDecoding;
import dev.sidestream.sessions.store.SecretCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the cookie. Its plain text is the id behind a prefix that binds it to the cookie's name, so that another encrypted
 * cookie of the site cannot stand in for it. Where several names are possible, the first come first.
 */
final class LaravelCookies implements CookieReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{40}");

    private final List<String> names;
    private final List<LaravelKey> keys;
    private final SecretCheck check;

    LaravelCookies(List<String> names, List<LaravelKey> keys, SecretCheck check) {
        this.names = names;
        this.keys = keys;
        this.check = check;
    }

    @Override
    public List<String> ids(List<String> cookieHeaders) {
        List<String> ids = new ArrayList<>(1);
        for (String name : names) {
            for (String value : Cookies.values(cookieHeaders, name)) {
                String id = id(name, PercentDecoding.decode(value));
                if (id != null && !ids.contains(id) && ids.size() < MAX_CANDIDATES) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private @Nullable String id(String name, String encrypted) {
        LaravelEnvelope envelope = LaravelEnvelope.parse(encrypted.getBytes(StandardCharsets.UTF_8));
        for (LaravelKey key : keys) {
            byte[] plain = envelope == null ? null : key.decrypt(envelope);
            if (plain != null) {
                check.fits();
                return withoutPrefix(name, new String(plain, StandardCharsets.UTF_8), key);
            }
        }
        check.fails();
        return null;
    }

    private @Nullable String withoutPrefix(String name, String plain, LaravelKey key) {
        String prefix = HexFormat.of().formatHex(Hmac.sha1(key.bytes(), name + "v2")) + "|";
        boolean ours = plain.length() > prefix.length()
                && Hmac.same(
                        plain.substring(0, prefix.length()).getBytes(StandardCharsets.UTF_8),
                        prefix.getBytes(StandardCharsets.UTF_8));
        String id = ours ? plain.substring(prefix.length()) : "";
        return ID.matcher(id).matches() ? id : null;
    }
}
