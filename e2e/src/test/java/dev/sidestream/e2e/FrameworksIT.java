package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.client.Closing;
import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.Nginx;
import dev.sidestream.e2e.system.OtherSite;
import dev.sidestream.e2e.system.SitesSystem;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sites of real frameworks, through real nginx: log in as the framework does it, be greeted, log out, be closed. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FrameworksIT {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final List<String> TABLE = new ArrayList<>();

    private static SitesSystem system;

    @BeforeAll
    static void start() {
        assumeThat(Nginx.isInstalled()).as("nginx").isTrue();
        system = SitesSystem.start();
    }

    @AfterAll
    static void stop() {
        System.out.println("| site | login | greeted as | closed after logout, ms |\n|---|---|---|---|");
        TABLE.forEach(System.out::println);
        if (system != null) {
            system.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void greetsWhoLoggedInAndClosesWhoLoggedOut(OtherSite site) throws Exception {
        assumeThat(system.has(site)).as("what %s needs", site).isTrue();
        Browser browser = new Browser(site);

        browser.request("/", null);
        assertThat(refusal(site, browser.cookies())).as("a visitor").isEqualTo(401);
        browser.request("/login", "username=alice&password=wonderland");
        String cookies = browser.cookies();
        assertThat(cookies).contains(site.cookie() + "=");
        assertThat(browser.request("/whoami", null)).contains("alice");

        try (WebSocketClient socket = system.handshake(site, "/chat/", cookies).connectText()) {
            String greeting = socket.nextText();
            assertThat(greeting).isEqualTo("[Welcome alice!]");
            browser.request("/whoami", null);
            assertThat(socket.isOpen()).isTrue();

            browser.request("/logout", "bye=1");
            long loggedOut = System.nanoTime();
            Closing closing = socket.closed(WAIT);
            long millis = (System.nanoTime() - loggedOut) / 1_000_000;
            TABLE.add("| %s | alice | %s | %d |".formatted(site, greeting, millis));
            assertThat(closing.code()).isEqualTo(4011);
        }
        Await.until(site + " lets the cookie in no more", WAIT, () -> refusal(site, cookies) == 401);
    }

    private static int refusal(OtherSite site, String cookies) {
        try (HandshakeAnswer answer = system.handshake(site, "/chat/", cookies).open()) {
            return answer.status();
        }
    }

    /** As a browser: cookies, and redirects left alone. */
    private static final class Browser {

        private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        private final HttpClient http = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .connectTimeout(WAIT)
                .build();
        private final OtherSite site;

        Browser(OtherSite site) {
            this.site = site;
        }

        String request(String path, String form) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(system.origin(site) + path))
                    .timeout(WAIT);
            if (form != null) {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
            }
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isLessThan(400);
            return answer.body();
        }

        String cookies() {
            return cookies.getCookieStore().getCookies().stream()
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
        }
    }
}
