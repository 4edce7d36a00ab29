package dev.sidestream.sessions.http;

import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.store.Cookies;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to the site: the one header that says who the request is from. As text it is the header's name, a colon and its
 * value; a secret.
 */
record WhoIs(String header, String value) {

    /** Null when the request has nothing that the site would know somebody by. A token comes before cookies. */
    static @Nullable WhoIs of(Credentials credentials, List<String> cookieNames) {
        String authorization = credentials.authorization();
        if (authorization != null && credentials.token() != null) {
            return new WhoIs(HttpHeaderNames.AUTHORIZATION.toString(), authorization);
        }
        String cookies = cookies(credentials.cookieHeaders(), cookieNames);
        return cookies.isBlank() ? null : new WhoIs(HttpHeaderNames.COOKIE.toString(), cookies);
    }

    static WhoIs parse(String key) {
        int colon = key.indexOf(':');
        return new WhoIs(key.substring(0, colon), key.substring(colon + 1));
    }

    String key() {
        return header + ":" + value;
    }

    void addTo(HttpHeaders headers) {
        headers.set(header, value);
    }

    /** As the browser sent them: a site may take quotes for part of a value. */
    private static String cookies(List<String> headers, List<String> names) {
        if (names.isEmpty()) {
            return String.join("; ", headers);
        }
        List<String> chosen = new ArrayList<>();
        for (String name : names) {
            Cookies.valuesAsSent(headers, name).forEach(value -> chosen.add(name + "=" + value));
        }
        return String.join("; ", chosen);
    }

    /** Shows the header's name only. */
    @Override
    public String toString() {
        return "WhoIs[" + header + "]";
    }
}
