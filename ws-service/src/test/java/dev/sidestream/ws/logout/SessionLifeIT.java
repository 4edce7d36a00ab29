package dev.sidestream.ws.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.Hygiene;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.watch.SpringLoginSite;
import dev.sidestream.ws.WsServiceApplication;
import dev.sidestream.ws.support.TestNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Two nodes of the service, sessions of a real Spring site, and the codes that their sockets are closed with. */
class SessionLifeIT {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RedisForTests redis;
    private static SpringLoginSite site;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext two;

    @BeforeAll
    static void start() {
        Hygiene.install();
        redis = RedisForTests.create();
        site = new SpringLoginSite(redis);
        one = node();
        two = node();
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        site.close();
        redis.close();
    }

    @AfterEach
    void noEventLoopWasBlocked() {
        assertThat(Hygiene.blocked()).isEmpty();
    }

    private static ConfigurableApplicationContext node() {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--sidestream.origin.allowed=" + TestNode.ORIGIN,
                "--sidestream.drain.window=0s",
                "--sidestream.session.touch=user-frames",
                "--" + TestNode.WITHOUT_SECURITY));
        redis.properties().forEach((name, value) -> settings.add("--" + name + "=" + value));
        return SpringApplication.run(WsServiceApplication.class, settings.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext node, String which) {
        return node.getEnvironment().getRequiredProperty("local." + which + ".port", Integer.class);
    }

    private static BrowserSocket open(ConfigurableApplicationContext node, String session) {
        return BrowserSocket.open(port(node, "server"), session);
    }

    private static HttpResponse<String> post(int port, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/revoke"))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void logoutClosesTheSessionsSocketsOnEveryNodeAndNoOther() {
        String session = site.login("alice", HALF_AN_HOUR);
        BrowserSocket here = open(one, session);
        BrowserSocket again = open(one, session);
        BrowserSocket there = open(two, session);
        BrowserSocket other = open(one, site.login("alice", HALF_AN_HOUR));
        site.view(session);
        site.logout(session);
        assertThat(List.of(here.closed(), again.closed(), there.closed())).containsOnly(4011);
        other.assertAnswers();
    }

    @Test
    void otherRolesClose() {
        String session = site.login("rolf", HALF_AN_HOUR, "ROLE_ADMIN");
        BrowserSocket socket = open(one, session);
        site.grant(session, "rolf", "ROLE_USER");
        assertThat(socket.closed()).isEqualTo(4003);
    }

    @Test
    void expiryIsAnnouncedAndCloses() {
        BrowserSocket socket = open(one, site.login("eva", Duration.ofSeconds(8)));
        assertThat(socket.closed()).isEqualTo(4010);
        assertThat(socket.heard("{\"type\":\"session\",\"ends_in\":")).isTrue();
    }

    @Test
    void revokedUsersAreClosedOnEveryNode() throws Exception {
        BrowserSocket here = open(one, site.login("mallory", HALF_AN_HOUR));
        BrowserSocket there = open(two, site.login("mallory", HALF_AN_HOUR));
        BrowserSocket other = open(two, site.login("bob", HALF_AN_HOUR));
        HttpResponse<String> answer =
                post(port(one, "management"), "{\"user\":\"mallory\"}", "Content-Type", "application/json");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(List.of(here.closed(), there.closed())).containsOnly(4012);
        other.assertAnswers();
    }

    @Test
    void revokedSessionsAreClosedByTheCommandOfRedis() {
        String session = site.login("carol", HALF_AN_HOUR);
        BrowserSocket there = open(two, session);
        BrowserSocket other = open(two, site.login("carol", HALF_AN_HOUR));
        String script = new String(new RedisScript(RedisChannelLayer.class, "send.lua").text(), StandardCharsets.UTF_8);
        redis.command(
                "EVAL",
                script,
                "2",
                "ss:{p13}:log",
                "ss:{p13}:life",
                "g",
                "sidestream.revoke",
                "revoke",
                "{\"session\":\"" + session + "\"}");
        assertThat(there.closed()).isEqualTo(4012);
        other.assertAnswers();
    }

    @Test
    void revocationIsRefusedWhereVisitorsAreAndFromPages() throws Exception {
        int management = port(one, "management");
        assertThat(post(port(one, "server"), "{\"user\":\"x\"}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(management, "{\"user\":\"x\"}", "Content-Type", "application/json", "Origin", TestNode.ORIGIN)
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(management, "{\"user\":\"x\"}", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        for (String body : List.of("", "[]", "{}", "{\"session\":\"short\"}", "{\"user\":\"\"}", "{\"user\":1}")) {
            assertThat(post(management, body, "Content-Type", "application/json")
                            .statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void messagesOfItsUserKeepASessionAliveAndPingsDoNot() {
        String session = site.login("tom", Duration.ofMinutes(10));
        BrowserSocket socket = open(one, session);
        redis.command("PEXPIRE", SpringLoginSite.key(session), "300000");
        socket.assertAnswers();
        assertThat(ttl(session)).isLessThanOrEqualTo(300_000);
        socket.send("{\"message\":\"here I am\"}");
        Await.until("the session is extended", () -> ttl(session) > 500_000);
        assertThat(site.isAlive(session)).isTrue();
        socket.assertAnswers();
    }

    private static long ttl(String session) {
        return (Long) redis.command("PTTL", SpringLoginSite.key(session));
    }
}
