package dev.sidestream.gateway.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A browser with its cookies, as far as a test needs one. Follows no redirect by itself. */
public final class Visitor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(PATIENCE)
            .build();
    private final URI site;

    /** @param site address without a path */
    public Visitor(String site) {
        this.site = URI.create(site);
    }

    /** A visitor of a site on this machine. */
    public static Visitor of(int port) {
        return new Visitor("http://localhost:" + port);
    }

    /** Opens a page as a browser does. */
    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).header("Accept", "text/html,*/*;q=0.8"));
    }

    /** Sends a form with what is hidden in the page's own forms. */
    public HttpResponse<String> submit(String page, String action, String... fields) {
        return post(action, form(fields) + "&_csrf=" + encode(csrf(page)), "application/x-www-form-urlencoded");
    }

    /** Posts a body as it is, without a CSRF token unless it is among the headers. */
    public HttpResponse<String> post(String path, String body, String type, String... headers) {
        return send(request(path, headers).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    /** Posts JSON with the CSRF token of a page. */
    public HttpResponse<String> postJson(String page, String path, String body) {
        return post(path, body, "application/json", "X-CSRF-TOKEN", csrf(page), "Accept", "application/json");
    }

    /** Logs in through the login page. */
    public HttpResponse<String> login(String name, String password) {
        return submit("/login", "/login", "username", name, "password", password);
    }

    /** The CSRF token in the forms of a page. */
    public String csrf(String page) {
        Matcher field = CSRF_FIELD.matcher(get(page).body());
        if (!field.find()) {
            throw new AssertionError(page + " has no form with a CSRF token");
        }
        return field.group(1);
    }

    /** The value of the session cookie. */
    public Optional<String> cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** The session's id, which the cookie holds in Base64. */
    public String sessionId() {
        byte[] id = Base64.getDecoder().decode(cookie().orElseThrow(() -> new AssertionError("no session cookie")));
        return new String(id, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The site did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Where a response leads to; null when it leads nowhere. */
    public static @Nullable String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElse(null);
    }

    private static String form(String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
        }
        return body.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
