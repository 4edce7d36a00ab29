package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.FreePorts;
import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.fault.CapturingServer;
import dev.sidestream.e2e.system.Nginx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nginx passes on, seen by a server that stands where a node and the site would be. */
@Tag("nginx")
class NginxIT {

    /** By which proxies and networks say who or where a client is, or what it asked for; all but those that nginx sets. */
    private static final List<String> SAID_BY_PROXIES = List.of(
            "Forwarded",
            "Forwarded-For",
            "X-Forwarded",
            "X-Forwarded-By",
            "X-Forwarded-Client-Cert",
            "X-Forwarded-Roles",
            "X-Forwarded-User",
            "X_Forwarded_User",
            "Client-IP",
            "True-Client-IP",
            "CF-Connecting-IP",
            "Fastly-Client-IP",
            "X-ProxyUser-Ip",
            "X-Envoy-External-Address",
            "X-Original-Host",
            "X-Host",
            "Proxy",
            "X-User",
            "X-Remote-User",
            "Remote-User");

    private CapturingServer behind;
    private Nginx nginx;

    @BeforeEach
    void start(@TempDir Path folder) {
        Assumptions.assumeTrue(Nginx.isInstalled(), "SKIPPED: no nginx to be had");
        behind = new CapturingServer();
        nginx = Nginx.start(folder, behind.port(), List.of(behind.port()));
    }

    @AfterEach
    void stop() {
        if (nginx != null) {
            nginx.close();
            behind.close();
        }
    }

    @Test
    void whoTheClientIsIsSetAndNeverBelieved() {
        for (String path : List.of("/chat/lobby/", "/ws/chat/lobby/", "/rooms/lobby")) {
            HandshakeRequest request = HandshakeRequest.to(nginx.port(), path);
            SAID_BY_PROXIES.forEach(name -> request.header(name, "root"));
            String head = passedOn(request.header("X-Forwarded-For", "6.6.6.6")
                    .header("X-Forwarded-For", "7.7.7.7, 8.8.8.8")
                    .header("X-Real-IP", "6.6.6.6")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "evil.example"));
            assertThat(head)
                    .as(path)
                    .doesNotContain(
                            "6.6.6.6", "7.7.7.7", "8.8.8.8", "evil.example", "root", "X-Forwarded-Proto: https");
            assertThat(head.lines().filter(line -> line.startsWith("X-Forwarded-For:")))
                    .containsExactly("X-Forwarded-For: 127.0.0.1");
        }
    }

    @Test
    void anUpgradeIsPassedOnToRoomsAndOnlyToWebSocket() {
        assertThat(passedOn(HandshakeRequest.to(nginx.port(), "/chat/lobby/")))
                .contains("Upgrade: websocket", "Connection: upgrade");
        assertThat(passedOn(HandshakeRequest.to(nginx.port(), "/ws/chat/lobby/")))
                .contains("Upgrade: websocket");
        assertThat(passedOn(HandshakeRequest.to(nginx.port(), "/rooms/lobby"))).doesNotContain("Upgrade:");
        assertThat(passedOn(HandshakeRequest.to(nginx.port(), "/chatter"))).doesNotContain("Upgrade:");
        assertThat(passedOn(HandshakeRequest.to(nginx.port(), "/chat/lobby/").with("Upgrade", "h2c")))
                .doesNotContain("Upgrade:");
    }

    @Test
    void aPageOfTheSiteNamedLikeTheRoomsFolderIsTheSites() {
        for (String path : List.of("/chat", "/ws/chat", "/chat?since=1", "/chatter/", "/my/chat/lobby/")) {
            assertThat(passedOn(HandshakeRequest.to(nginx.port(), path)))
                    .as(path)
                    .startsWith("GET " + path + " HTTP/1.1")
                    .doesNotContain("Upgrade:");
        }
    }

    @Test
    void managementIsNotThere() {
        for (String path :
                List.of("/actuator", "/actuator/health", "/actuator/prometheus", "/rooms/../actuator/health")) {
            try (HandshakeAnswer answer =
                    HandshakeRequest.to(nginx.port(), path).open()) {
                assertThat(answer.status()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void noQueryIsInTheAccessLog() {
        passedOn(HandshakeRequest.to(nginx.port(), "/chat/lobby/?ticket=secret").header("Referer", "http://x/?secret"));
        passedOn(HandshakeRequest.to(nginx.port(), "/rooms/lobby?q=secret"));
        // It answers first and writes then.
        Await.until(
                "both are logged",
                () -> nginx.log().contains("/chat/lobby/") && nginx.log().contains("/rooms/lobby"));
        assertThat(nginx.log()).doesNotContain("secret");
    }

    @Test
    void theAccessLogCanBeOff(@TempDir Path folder) {
        try (Nginx silent = Nginx.startWithoutAccessLog(folder, behind.port(), List.of(behind.port()));
                HandshakeAnswer answer =
                        HandshakeRequest.to(silent.port(), "/rooms/lobby").open()) {
            assertThat(answer.status()).isEqualTo(200);
            // A file of that name would be a log, in the folder that nginx runs from.
            assertThat(folder.resolve("nginx/off")).doesNotExist();
        }
    }

    @Test
    void withoutANodeTheClientIsToldWhenToComeBack(@TempDir Path folder) {
        int nobody = FreePorts.next();
        try (Nginx alone = Nginx.start(folder, nobody, List.of(nobody));
                HandshakeAnswer answer = HandshakeRequest.to(alone.port(), "/chat/lobby/?ticket=secret")
                        .open()) {
            assertThat(alone.log()).doesNotContain("secret");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).matches("\\d+");
        }
    }

    private String passedOn(HandshakeRequest request) {
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isEqualTo(200);
        }
        return behind.head();
    }
}
