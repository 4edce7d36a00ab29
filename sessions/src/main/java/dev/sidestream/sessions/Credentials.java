package dev.sidestream.sessions;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request brought to say who it is; nothing of it is trusted or logged.
 *
 * @param cookieHeaders the values of its Cookie headers as they came
 * @param authorization the value of its Authorization header; null when there is none
 * @param ticket the value of its {@code ticket} query parameter; null when there is none
 * @param room the room that it asks for; null when the route has none
 */
public record Credentials(
        List<String> cookieHeaders,
        @Nullable String authorization,
        @Nullable String ticket,
        @Nullable String room) {

    public Credentials {
        cookieHeaders = List.copyOf(cookieHeaders);
    }

    /** The token of an Authorization header of the scheme Token or Bearer; null when there is none. */
    public @Nullable String token() {
        if (authorization == null) {
            return null;
        }
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
        boolean carriesToken = scheme.equals("token") || scheme.equals("bearer");
        String token = carriesToken ? authorization.substring(space + 1).strip() : "";
        return token.isEmpty() ? null : token;
    }

    /** Shows which kinds are present, never their values. */
    @Override
    public String toString() {
        return "Credentials[cookies=" + cookieHeaders.size() + ", authorization=" + (authorization != null)
                + ", ticket=" + (ticket != null) + "]";
    }
}
