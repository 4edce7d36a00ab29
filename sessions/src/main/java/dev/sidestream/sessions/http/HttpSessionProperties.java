package dev.sidestream.sessions.http;

import dev.sidestream.sessions.store.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom to ask who a request is from.
 *
 * @param url of the site, answering 200 with a JSON object for a logged-in user, and 401, 403 or a redirect for nobody
 * @param cookies names of the cookies to pass on; without any of them nobody is asked; all cookies when empty
 * @param userPath where in the answer the user's id is
 * @param namePath where the user's name is
 * @param rolesPath where the user's roles are
 * @param timeout of one question, 100 ms to 30 s
 */
@ConfigurationProperties("sidestream.session.http")
public record HttpSessionProperties(
        @Nullable String url,
        @DefaultValue List<String> cookies,
        @DefaultValue("id") String userPath,
        @DefaultValue("name") String namePath,
        @DefaultValue("roles") String rolesPath,
        @DefaultValue("2s") Duration timeout) {

    public HttpSessionProperties {
        cookies = List.copyOf(cookies);
        cookies.forEach(name -> Settings.requireCookieName("sidestream.session.http.cookies", name));
        Settings.requirePath("sidestream.session.http.user-path", userPath);
        Settings.requirePath("sidestream.session.http.name-path", namePath);
        Settings.requirePath("sidestream.session.http.roles-path", rolesPath);
        if (timeout.toMillis() < 100 || timeout.toSeconds() > 30) {
            throw new IllegalArgumentException(
                    "sidestream.session.http.timeout is " + timeout + "; it must be 100ms to 30s");
        }
    }

    /** The defaults, with the URL to ask. */
    public static HttpSessionProperties of(String url) {
        return new HttpSessionProperties(url, List.of(), "id", "name", "roles", Duration.ofSeconds(2));
    }

    /**
     * Throws when there is none or it is not one of HTTP. The URL and the cause of the failure, which would quote it, are left
     * out: it may hold a password.
     */
    @SuppressWarnings("UnusedException")
    URI requiredUrl() {
        String text = url == null ? "" : url.strip();
        try {
            if (text.matches("https?://[^\\s/@]+(/\\S*)?")) {
                return URI.create(text);
            }
        } catch (IllegalArgumentException secret) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "sidestream.session.http.url is " + (text.isEmpty() ? "not set" : "no such URL")
                        + "; it must be the URL of the site that says who is logged in, such as http://site:3000/whoami, with"
                        + " no user or password in it and with what no URL may hold as %7C");
    }

    /** Leaves the URL out, since it may hold a secret. */
    @Override
    public String toString() {
        return "HttpSessionProperties[url=" + (url == null ? "none" : "set") + ", cookies=" + cookies + ", timeout="
                + timeout + "]";
    }
}
