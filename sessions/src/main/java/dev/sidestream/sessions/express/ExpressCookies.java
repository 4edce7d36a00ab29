package dev.sidestream.sessions.express;

import dev.sidestream.sessions.store.CookieReader;
import dev.sidestream.sessions.store.Cookies;
import dev.sidestream.sessions.store.Hmac;
import dev.sidestream.sessions.store.PercentDecoding;
import dev.sidestream.sessions.store.SecretCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads {@code s:<id>.<HMAC-SHA256 of the id in Base64 without padding>}, percent-encoded. */
final class ExpressCookies implements CookieReader {

    private static final String SIGNED = "s:";

    private final String name;
    private final List<byte[]> secrets;
    private final SecretCheck check;

    ExpressCookies(String name, List<String> secrets, SecretCheck check) {
        this.name = name;
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.check = check;
    }

    @Override
    public List<String> ids(List<String> cookieHeaders) {
        List<String> ids = new ArrayList<>(1);
        for (String raw : Cookies.values(cookieHeaders, name)) {
            String value = PercentDecoding.decode(raw);
            int dot = value.lastIndexOf('.');
            if (value.startsWith(SIGNED) && dot > SIGNED.length()) {
                String id = value.substring(SIGNED.length(), dot);
                if (isSigned(id, value.substring(dot + 1)) && Cookies.isId(id) && !ids.contains(id)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private boolean isSigned(String id, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        for (byte[] secret : secrets) {
            byte[] due = Base64.getEncoder().withoutPadding().encode(Hmac.sha256(secret, id));
            if (Hmac.same(due, given)) {
                check.fits();
                return true;
            }
        }
        check.fails();
        return false;
    }
}
