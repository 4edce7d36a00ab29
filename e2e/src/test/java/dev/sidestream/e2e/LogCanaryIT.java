package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets are put everywhere where a client can put something, and looked for in every log. */
@EndToEnd
class LogCanaryIT {

    private static final String CANARY = "k4n4r1";

    @Test
    void noLogAtAnyLevelHoldsASecret(RunningSystem system) throws IOException {
        Visitor alice = Visitor.signIn(system, "alice");
        String room = Visitor.newRoom("canary");
        List<String> secrets = new ArrayList<>(List.of(CANARY, RunningSystem.TOKEN_SECRET));
        remember(alice.cookie(), secrets);

        try (Service loud = system.extraNode("loud", Map.of("logging.level.root", "TRACE"))) {
            loud.launch();
            loud.awaitReady();
            List<Service> nodes = List.of(loud, system.node(0), system.node(1));
            for (Service node : nodes) {
                sing(alice, room, node);
                withTokens(node.port(), alice, room, secrets);
                withTickets(node.port(), alice, room, secrets);
                alice.announce(room, CANARY);
                revoke(node);
            }
            throughNginx(system, alice, room);
            withTokens(system.nginx().port(), alice, room, secrets);
            withTickets(system.nginx().port(), alice, room, secrets);
            secrets.add(alice.signOut().substring("SESSION=".length()));
            alice.signIn();
            remember(alice.cookie(), secrets);

            assertThat(loud.log()).as("the loud one is loud").contains("TRACE");
            for (Service node : nodes) {
                assertQuiet("the log of " + node.name(), node.log(), secrets);
                assertQuiet("the meters of " + node.name(), node.metrics(), secrets);
            }
        }
        assertQuiet("the log of the site", system.site().log(), secrets);
        assertThat(system.nginx().log()).as("the log of nginx").contains("/chat/" + room + "/");
        assertQuiet("the logs of nginx", system.nginx().log(), secrets);
    }

    /** The cookie's value, and the session's id in it. */
    private static void remember(String cookie, List<String> secrets) {
        String value = cookie.substring(cookie.indexOf('=') + 1);
        secrets.add(value);
        secrets.add(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    /** Good and bad ones, and good ones where they do not belong. */
    private static void withTokens(int port, Visitor alice, String room, List<String> secrets) {
        String token = Tokens.of("7" + CANARY, "bob");
        secrets.add(token);
        secrets.add(token.substring(token.lastIndexOf('.') + 1));
        String target = "/chat/" + room + "/";
        try (WebSocketClient client = HandshakeRequest.to(port, target)
                .header("Authorization", "Token " + token)
                .connect()) {
            client.send("{\"message\":\"" + CANARY + "\"}");
            client.next(frame -> CANARY.equals(frame.get("message")));
        }
        String origin = alice.plain(room, "").value("Origin");
        List.of(
                        HandshakeRequest.to(port, target).header("Authorization", "Bearer " + token + "x"),
                        HandshakeRequest.to(port, target + "?token=" + token).header("Origin", origin),
                        HandshakeRequest.to(port, target + "?ticket=" + token).header("Origin", origin),
                        HandshakeRequest.to(port, target)
                                .header("Origin", origin)
                                .header("Cookie", "token=" + token + "; SESSION=" + token),
                        HandshakeRequest.to(port, target)
                                .header("Origin", origin)
                                .header("Sec-WebSocket-Protocol", token))
                .forEach(LogCanaryIT::refused);
    }

    private static void revoke(Service node) throws IOException {
        for (String body : List.of(
                "{\"user\":\"" + CANARY + "\"}",
                "{\"session\":\"" + CANARY + "-of-a-session\"}",
                "{" + CANARY,
                "{\"" + CANARY + "\":1}")) {
            assertThat(node.post("/api/revoke?x=" + CANARY, body)).isIn(202, 400);
        }
    }

    private static void sing(Visitor alice, String room, Service node) {
        String query = "?x=" + CANARY;
        try (WebSocketClient client =
                alice.fullAt(node, room, query).header("X-Anything", CANARY).connect()) {
            client.next("welcome");
            client.send("{\"message\":\"" + CANARY + "\",\"cid\":\"" + CANARY + node.name() + "\"}");
            client.next("ack");
            client.send("{\"type\":\"" + CANARY + "\"}");
            client.next("error");
            client.send("{" + CANARY);
            client.next("error");
            client.send("{\"message\":" + "[".repeat(100) + "\"" + CANARY + "\"");
            client.next("error");
            client.send("{\"type\":\"history\",\"rid\":\"" + CANARY + "\"}");
            client.next("history");
        }
        List<HandshakeRequest> refused = List.of(
                alice.fullAt(node, room, query).with("Cookie", "SESSION=" + CANARY),
                alice.fullAt(node, room, query)
                        .with(
                                "Cookie",
                                "SESSION="
                                        + Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8))),
                alice.fullAt(node, room, query).with("Origin", "http://" + CANARY),
                alice.fullAt(node, room, query).with("Sec-WebSocket-Protocol", CANARY),
                alice.fullAt(node, room, query).with("Sec-WebSocket-Key", CANARY),
                alice.fullAt(node, room, "?since=" + CANARY),
                alice.fullAt(node, room, "?ticket=" + CANARY),
                alice.fullAt(node, room, query).without("Cookie").header("Authorization", "Bearer " + CANARY),
                alice.fullAt(node, room, query).header("Authorization", "Basic " + CANARY),
                HandshakeRequest.to(node.port(), "/nowhere" + query)
                        .without("Upgrade")
                        .with("Connection", "close"));
        for (HandshakeRequest request : refused) {
            try (HandshakeAnswer answer = request.open()) {
                assertThat(answer.status()).isPositive();
            }
        }
    }

    private static void throughNginx(RunningSystem system, Visitor alice, String room) {
        try (WebSocketClient client =
                alice.full(room, "?x=" + CANARY).header("X-Anything", CANARY).connect()) {
            client.next("welcome");
        }
        try (WebSocketClient greeted =
                system.handshake("/chat/?x=" + CANARY, alice.cookie()).connectText()) {
            greeted.nextText();
            greeted.send("/name " + CANARY);
            greeted.nextText();
            greeted.send(CANARY);
            assertThat(greeted.nextText()).contains(CANARY);
        }
        try (HandshakeAnswer answer = alice.full(room, "?since=" + CANARY)
                .with("Referer", "http://x/?" + CANARY)
                .with("User-Agent", CANARY)
                .open()) {
            assertThat(answer.status()).isEqualTo(400);
        }
        for (String body : List.of("{\"room\":\"" + CANARY + " no room\"}", "{" + CANARY)) {
            assertThat(alice.askTicket(system.origin(), "application/json", body)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    /** One for the room and one for another, each tried twice. */
    private static void withTickets(int port, Visitor alice, String room, List<String> secrets) {
        for (String of : List.of(room, Visitor.newRoom("other"))) {
            String ticket = alice.ticket(port, of);
            secrets.add(ticket);
            HandshakeRequest request = HandshakeRequest.to(port, "/chat/" + room + "/?ticket=" + ticket);
            refusedUnless(of.equals(room), request);
            refused(request);
        }
    }

    private static void refusedUnless(boolean accepted, HandshakeRequest request) {
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isEqualTo(accepted ? 101 : 401);
        }
    }

    private static void refused(HandshakeRequest request) {
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isIn(400, 401);
        }
    }

    private static void assertQuiet(String whose, String log, List<String> secrets) {
        assertThat(log).as(whose).isNotBlank();
        List<String> lines = log.lines()
                .filter(line -> secrets.stream().anyMatch(line::contains))
                .limit(5)
                .toList();
        assertThat(lines).as("lines with secrets in %s", whose).isEmpty();
    }
}
