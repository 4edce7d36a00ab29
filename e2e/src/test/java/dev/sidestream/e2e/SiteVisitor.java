package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser on a site of another framework: cookies, forms with the CSRF token of the page when it has one, no redirects. */
final class SiteVisitor {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(WAIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String origin;
    private String loggedIn = "";

    SiteVisitor(String origin) {
        this.origin = origin;
    }

    /** The body of a page. */
    String get(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().GET());
    }

    /** Opens the page with the forms and sends one of them. */
    String post(String path, String form) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(get("/"));
        String body = csrf.find() ? form + "&_csrf=" + csrf.group(1) : form;
        String answer = send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (path.equals("/login")) {
            loggedIn = cookies();
        }
        return answer;
    }

    /** The header Cookie of a request now. */
    String cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** What the cookies were after the login; those of now before it. */
    String loginCookies() {
        return loggedIn.isEmpty() ? cookies() : loggedIn;
    }

    private String send(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request.uri(URI.create(origin + path)).timeout(WAIT).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isLessThan(400);
        return answer.body();
    }
}
