package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Service;
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
    void noLogAtAnyLevelHoldsASecret(RunningSystem system) {
        Visitor alice = Visitor.signIn(system, "alice");
        String room = Visitor.newRoom("canary");
        List<String> secrets = new ArrayList<>(List.of(CANARY));
        String value = alice.cookie().substring(alice.cookie().indexOf('=') + 1);
        secrets.add(value);
        secrets.add(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));

        try (Service loud = system.extraNode("loud", Map.of("logging.level.root", "TRACE"))) {
            loud.launch();
            loud.awaitReady();
            sing(alice, room, loud);
            for (int node = 0; node < 2; node++) {
                sing(alice, room, system.node(node));
            }
            throughNginx(alice, room);
            assertThat(loud.log()).as("the loud one is loud").contains("TRACE");
            assertQuiet("loud", loud.log(), secrets);
        }
        system.nodes().forEach(node -> assertQuiet(node.name(), node.log(), secrets));
        assertQuiet("site", system.site().log(), secrets);
        assertQuiet("nginx", system.nginx().log(), secrets);
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

    private static void throughNginx(Visitor alice, String room) {
        try (WebSocketClient client =
                alice.full(room, "?x=" + CANARY).header("X-Anything", CANARY).connect()) {
            client.next("welcome");
        }
        try (HandshakeAnswer answer = alice.full(room, "?since=" + CANARY)
                .with("Referer", "http://x/?" + CANARY)
                .open()) {
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    private static void assertQuiet(String whose, String log, List<String> secrets) {
        List<String> lines = log.lines()
                .filter(line -> secrets.stream().anyMatch(line::contains))
                .limit(5)
                .toList();
        assertThat(lines).as("lines with secrets in the log of %s", whose).isEmpty();
    }
}
