package dev.sidestream.ws.session;

import java.util.List;
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

    /** Shows which kinds are present, never their values. */
    @Override
    public String toString() {
        return "Credentials[cookies=" + cookieHeaders.size() + ", authorization=" + (authorization != null)
                + ", ticket=" + (ticket != null) + "]";
    }
}
