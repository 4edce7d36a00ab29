package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.history.Door;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with an account on the site, who uses it as a browser does: forms with their CSRF token, and a cookie. */
final class Visitor {

    static final String FULL = "sidestream.v1.json";

    /** The demo users of the site. */
    private static final Map<String, String> PASSWORDS =
            Map.of("alice", "wonderland", "bob", "builder", "carol", "christmas");

    private static final AtomicInteger ROOMS = new AtomicInteger();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([\\w-]+)\"");
    private static final Pattern CSRF_VALUE_FIRST = Pattern.compile("value=\"([^\"]+)\"[^>]*name=\"_csrf\"");

    private final RunningSystem system;
    private final String name;
    private volatile CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private volatile HttpClient http = client();

    private Visitor(RunningSystem system, String name) {
        this.system = system;
        this.name = name;
    }

    /** One of the demo users, signed in. */
    static Visitor signIn(RunningSystem system, String name) {
        Visitor visitor = new Visitor(system, name);
        visitor.signIn();
        return visitor;
    }

    /** The cookie of somebody who has opened the page, and no more. */
    static String anonymousCookie(RunningSystem system) {
        Visitor nobody = new Visitor(system, "nobody");
        nobody.get("/login");
        return nobody.cookie();
    }

    /** A room that no other test uses. */
    static String newRoom(String what) {
        return what + "-" + ROOMS.incrementAndGet();
    }

    String name() {
        return name;
    }

    /** Signs in with a new session. */
    void signIn() {
        cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        http = client();
        HttpResponse<String> page = get("/login");
        HttpResponse<String> answer =
                post("/login", Map.of("username", name, "password", PASSWORDS.get(name), "_csrf", csrf(page.body())));
        assertThat(answer.statusCode()).as("sign in of %s", name).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("error");
    }

    /** Signs out on the site; the cookie that this visitor had is returned. */
    String signOut() {
        String before = cookie();
        HttpResponse<String> answer =
                post("/logout", Map.of("_csrf", csrf(get("/rooms/lobby").body())));
        assertThat(answer.statusCode()).as("sign out of %s", name).isEqualTo(302);
        return before;
    }

    /** Posts to a room from the site's side. */
    void announce(String room, String text) {
        HttpResponse<String> answer = post(
                "/rooms/" + URLEncoder.encode(room, StandardCharsets.UTF_8) + "/announcements",
                Map.of("_csrf", csrf(get("/rooms/lobby").body()), "message", text));
        assertThat(answer.statusCode()).as("announcement").isEqualTo(201);
    }

    /** What the node answers to a request for a ticket, asked as a page of the given origin would. */
    HttpResponse<String> askTicket(String origin, String contentType, String body) {
        return send(HttpRequest.newBuilder(uri("/chat/ticket"))
                .header("Origin", origin)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A ticket for a room, asked for through nginx. */
    String ticket(String room) {
        return ticket(system.nginx().port(), room);
    }

    /** The same of whoever listens at a port. */
    String ticket(int port, String room) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/chat/ticket"))
                        .header("Origin", system.origin())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"room\":\"" + room + "\"}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        Matcher matcher = TICKET.matcher(answer.body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** The header Cookie of a request of this visitor. */
    String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** A handshake in plain mode through nginx; the room stands in the target as it is, with its query if it has one. */
    HandshakeRequest plain(String room, String query) {
        return system.handshake("/chat/" + room + "/" + query, cookie());
    }

    /** A handshake in full mode through nginx. */
    HandshakeRequest full(String room, String query) {
        return plain(room, query).header("Sec-WebSocket-Protocol", FULL);
    }

    /** A handshake in full mode at a node. */
    HandshakeRequest fullAt(Service node, String room, String query) {
        return system.handshakeAt(node, "/chat/" + room + "/" + query, cookie()).header("Sec-WebSocket-Protocol", FULL);
    }

    /** Enters a room through nginx, in full mode, and signs in again when told so. */
    Door door(String room) {
        return new Door() {
            @Override
            public HandshakeRequest handshake(String query) {
                return full(room, query);
            }

            @Override
            public void signInAgain() {
                // Apart from what others are doing with this visitor's cookies, and visible to them when it is
                // complete.
                Visitor again = Visitor.signIn(system, name);
                cookies = again.cookies;
                http = again.http;
            }
        };
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private URI uri(String path) {
        return URI.create(system.origin() + path);
    }

    private static String csrf(String page) {
        Matcher matcher = CSRF.matcher(page);
        if (matcher.find()) {
            return matcher.group(1);
        }
        Matcher other = CSRF_VALUE_FIRST.matcher(page);
        assertThat(other.find()).as("a CSRF token in the page").isTrue();
        return other.group(1);
    }
}
