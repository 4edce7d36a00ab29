package dev.sidestream.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.gateway.testing.SiteTest;
import dev.sidestream.gateway.testing.Visitor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@SiteTest
class LoginIT {

    @LocalServerPort
    int port;

    private Visitor visitor;

    @BeforeEach
    void visit() {
        visitor = Visitor.of(port);
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    private static boolean isInRedis(String sessionId) {
        return Long.valueOf(1)
                .equals(RedisForTests.shared()
                        .command(
                                "HEXISTS",
                                "spring:session:sessions:" + sessionId,
                                "sessionAttr:SPRING_SECURITY_CONTEXT"));
    }

    @Test
    void loginPutsTheVisitorIntoASessionInRedis() {
        HttpResponse<String> answer = visitor.login("alice", "wonderland");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(answer)).isEqualTo("http://localhost:" + port + "/");
        assertThat(isInRedis(visitor.sessionId())).isTrue();
    }

    @Test
    void sessionIdChangesAtLogin() {
        visitor.get("/login");
        String before = visitor.sessionId();

        visitor.login("alice", "wonderland");

        assertThat(visitor.sessionId()).isNotEqualTo(before);
        assertThat(RedisForTests.shared().command("EXISTS", "spring:session:sessions:" + before))
                .isEqualTo(0L);
    }

    @Test
    void cookieIsTheStockOne() {
        String cookie = visitor.get("/login").headers().firstValue("Set-Cookie").orElseThrow();

        assertThat(cookie)
                .startsWith("SESSION=")
                .contains("Path=/", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
    }

    @Test
    void logoutDeletesTheSession() {
        visitor.login("bob", "builder");
        String session = visitor.sessionId();

        HttpResponse<String> answer = visitor.submit("/rooms/lobby", "/logout", "x", "y");

        assertThat(Visitor.location(answer)).endsWith("/login?logout");
        assertThat(isInRedis(session)).isFalse();
        assertThat(visitor.get("/login?logout").body()).contains("You are signed out.");
        assertThat(Visitor.location(visitor.get("/rooms/lobby"))).endsWith("/login");
    }

    @Test
    void logoutByGetDoesNothing() {
        visitor.login("bob", "builder");

        visitor.get("/logout");

        assertThat(isInRedis(visitor.sessionId())).isTrue();
    }

    @Test
    void wrongPasswordIsRefusedWithoutSayingWhichPartIsWrong() {
        assertThat(Visitor.location(visitor.login("alice", "builder"))).endsWith("/login?error");
        assertThat(Visitor.location(visitor.login("mallory", "builder"))).endsWith("/login?error");
        assertThat(visitor.get("/login?error").body()).contains("That name and password do not match.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/logout", "/rooms/lobby/announcements"})
    void postWithoutACsrfTokenIsRefused(String path) {
        visitor.login("alice", "wonderland");

        HttpResponse<String> answer =
                visitor.post(path, "username=bob&password=builder&message=hi", "application/x-www-form-urlencoded");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(isInRedis(visitor.sessionId())).isTrue();
    }

    @Test
    void tokenOfAnotherSessionIsRefused() {
        try (Visitor mallory = Visitor.of(port)) {
            mallory.login("bob", "builder");
            visitor.login("alice", "wonderland");

            HttpResponse<String> answer = visitor.post(
                    "/logout", "", "application/x-www-form-urlencoded", "X-CSRF-TOKEN", mallory.csrf("/rooms/lobby"));

            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void loginLeadsToThePageThatWasAskedFor() {
        assertThat(Visitor.location(visitor.get("/rooms/design"))).endsWith("/login");

        assertThat(Visitor.location(visitor.login("carol", "christmas"))).contains("/rooms/design");
    }

    @Test
    void whoIsLoggedInIsNotAskedAgain() {
        visitor.login("alice", "wonderland");

        assertThat(Visitor.location(visitor.get("/login"))).endsWith("/");
    }

    @Test
    void redirectsKeepTheHostAndPortThatTheProxyTells() {
        HttpResponse<String> answer =
                visitor.get("/rooms/lobby", "X-Forwarded-Host", "chat.example.org:8000", "X-Forwarded-Proto", "http");

        assertThat(Visitor.location(answer)).isIn("/login", "http://chat.example.org:8000/login");
        assertThat(Visitor.location(
                        visitor.get("/", "X-Forwarded-Host", "chat.example.org", "X-Forwarded-Proto", "https")))
                .isIn("/login", "https://chat.example.org/login");
    }
}
