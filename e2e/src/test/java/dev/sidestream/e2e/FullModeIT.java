package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of the full protocol, with its members on two nodes. */
@EndToEnd
class FullModeIT {

    private RunningSystem system;
    private Visitor alice;
    private Visitor bob;
    private String room;

    @BeforeEach
    void signIn(RunningSystem running) {
        system = running;
        alice = Visitor.signIn(running, "alice");
        bob = Visitor.signIn(running, "bob");
        room = Visitor.newRoom("full");
    }

    @Test
    void welcomesWithAllThatAClientNeedsToKnow() {
        try (WebSocketClient a = join(alice, 0, "")) {
            Frame welcome = a.next();
            assertThat(welcome.type()).isEqualTo("welcome");
            assertThat(welcome.get("room")).isEqualTo(room);
            assertThat(welcome.get("user")).isEqualTo("alice");
            assertThat(welcome.get("node")).isEqualTo(system.node(0).name());
            assertThat(welcome.get("tail")).isNull();
            assertThat(welcome.json().get("resumed").asBoolean()).isFalse();
            assertThat(welcome.json().at("/limits/bytes").asInt()).isEqualTo(65_536);
        }
    }

    @Test
    void acknowledgesOnceAndNamesARepetition() {
        try (WebSocketClient a = join(alice, 0, "");
                WebSocketClient b = join(bob, 1, "")) {
            a.next("welcome");
            b.next("welcome");
            a.send("{\"type\":\"message\",\"message\":\"one\",\"cid\":\"c1\"}");
            Frame ack = a.next("ack");
            assertThat(ack.json().has("dup")).isFalse();
            a.send("{\"message\":\"one\",\"cid\":\"c1\"}");
            Frame again = a.next("ack");
            assertThat(again.get("id")).isEqualTo(ack.get("id"));
            assertThat(again.json().get("dup").asBoolean()).isTrue();
            a.send("{\"message\":\"two\",\"cid\":\"c2\"}");
            Frame one = b.next("message");
            assertThat(one.get("id")).isEqualTo(ack.get("id"));
            assertThat(one.json().has("cid"))
                    .as("the cid is the author's business")
                    .isFalse();
            assertThat(b.next("message").get("message")).isEqualTo("two");
        }
    }

    @Test
    void tellsTheCidToTheAuthorsOwnConnectionsOnBothNodes() {
        try (WebSocketClient a = join(alice, 0, "");
                WebSocketClient other = join(alice, 1, "")) {
            a.next("welcome");
            other.next("welcome");
            a.send("{\"message\":1,\"cid\":\"mine\"}");
            assertThat(a.next("message").get("cid")).isEqualTo("mine");
            assertThat(other.next("message").get("cid")).isEqualTo("mine");
        }
    }

    @Test
    void theSameCidOfAnotherUserIsAnotherMessage() {
        try (WebSocketClient a = join(alice, 0, "");
                WebSocketClient b = join(bob, 1, "")) {
            a.next("welcome");
            b.next("welcome");
            a.send("{\"message\":1,\"cid\":\"same\"}");
            String first = a.next("ack").get("id");
            b.send("{\"message\":2,\"cid\":\"same\"}");
            Frame second = b.next("ack");
            assertThat(second.get("id")).isNotEqualTo(first);
            assertThat(second.json().has("dup")).isFalse();
        }
    }

    @Test
    void resumesOnTheOtherNodeWithNothingMissing() {
        String first;
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            first = publish(a, 1);
            for (int n = 2; n <= 30; n++) {
                publish(a, n);
            }
        }
        try (WebSocketClient a = join(alice, 1, "?since=" + first);
                WebSocketClient b = join(bob, 0, "")) {
            b.next("welcome");
            Frame welcome = a.next();
            assertThat(welcome.json().get("resumed").asBoolean()).isTrue();
            assertThat(welcome.number("replayed")).isEqualTo(29);
            for (int n = 2; n <= 30; n++) {
                Frame frame = a.next();
                assertThat(frame.type()).isEqualTo("message");
                assertThat(frame.number("message")).isEqualTo(n);
            }
            publish(b, 31);
            Frame live = a.next();
            assertThat(live.type()).isEqualTo("message");
            assertThat(live.number("message")).isEqualTo(31);
        }
    }

    @Test
    void resumesAtTheTailWithNothingToReplay() {
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            String tail = publish(a, 1);
            try (WebSocketClient b = join(bob, 1, "?since=" + tail)) {
                Frame welcome = b.next();
                assertThat(welcome.json().get("resumed").asBoolean()).isTrue();
                assertThat(welcome.number("replayed")).isZero();
                assertThat(welcome.get("tail")).isEqualTo(tail);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1-1.5.nosuchepoch, epoch", "99999999999999-0.9007199254740991.nosuchepoch, epoch"})
    void saysThatItCannotResumeAfterAnIdItDoesNotKnow(String since, String reason) {
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            String id = publish(a, 1);
            try (WebSocketClient b = join(bob, 1, "?since=" + since)) {
                Frame welcome = b.next();
                assertThat(welcome.json().get("resumed").asBoolean()).isFalse();
                Frame gap = b.next();
                assertThat(gap.type()).isEqualTo("gap");
                assertThat(gap.get("reason")).isEqualTo(reason);
                assertThat(gap.get("first")).isEqualTo(id);
                assertThat(welcome.number("replayed")).isEqualTo(1);
                assertThat(b.next().get("id")).isEqualTo(id);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=nonsense",
                "since=-1",
                "since=9223372036854775808",
                "since=%00",
                "since=1-1.00.e",
                "since=1-1.9007199254740993.e",
                "since=1-1.1.e%20",
                "history=-1",
                "history=many",
                "history=99999999999999999999"
            })
    void aQueryThatNoServerHasWrittenIsRefused(String query) {
        try (HandshakeAnswer answer = alice.full(room, "?" + query).open()) {
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void aPositionThatTheRoomHasNotReachedIsAGap() {
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            String id = publish(a, 1);
            String[] parts = id.split("\\.", -1);
            String future = parts[0] + ".77." + parts[2];
            try (WebSocketClient b = join(bob, 1, "?since=" + future)) {
                b.next("welcome");
                assertThat(b.next().get("reason")).isEqualTo("diverged");
            }
        }
    }

    @Test
    void anotherRoomsIdIsAGap() {
        String other;
        try (WebSocketClient a =
                alice.fullAt(system.node(0), Visitor.newRoom("other"), "").connect()) {
            a.next("welcome");
            other = publish(a, 1);
        }
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            publish(a, 1);
            try (WebSocketClient b = join(bob, 0, "?since=" + other)) {
                b.next("welcome");
                assertThat(b.next().type()).isEqualTo("gap");
            }
        }
    }

    @Test
    void pagesThroughHistoryInBothDirections() {
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            String[] ids = new String[11];
            for (int n = 1; n <= 10; n++) {
                ids[n] = publish(a, n);
            }
            assertThat(page(a, "\"limit\":3")).containsExactly(8L, 9L, 10L);
            assertThat(page(a, "\"before\":\"" + ids[8] + "\",\"limit\":3")).containsExactly(5L, 6L, 7L);
            assertThat(page(a, "\"after\":\"" + ids[2] + "\",\"limit\":3")).containsExactly(3L, 4L, 5L);
            assertThat(page(a, "\"after\":\"" + ids[8] + "\"")).containsExactly(9L, 10L);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"dance"}                                        | bad_type
            {"type":"typing","on":true}                             | bad_type
            {"type":"message"}                                      | bad_request
            {"message":1,"cid":""}                                  | bad_request
            {"message":1,"cid":7}                                   | bad_request
            {"type":"history","rid":"r","before":"x","after":"y"}   | bad_request
            {"type":"history","rid":"r","limit":0}                  | bad_request
            {"type":"history","rid":"r","limit":1001}               | bad_request
            []                                                      | bad_json
            nothing                                                 | bad_json
            {"message":1}x                                          | bad_json
            """)
    void refusesAFrameAndStays(String frame, String code) {
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            a.send(frame);
            assertThat(a.next("error").get("code")).isEqualTo(code);
            a.send("{\"type\":\"ping\",\"t\":[1,\"x\"]}");
            assertThat(a.next("pong").json().get("t")).hasToString("[1,\"x\"]");
        }
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        try (WebSocketClient a = join(alice, 0, "")) {
            a.next("welcome");
            a.send("{\"message\":" + "[".repeat(5_000) + "]".repeat(5_000) + ",\"cid\":\"deep\"}");
            assertThat(a.next("error").get("code")).isEqualTo("bad_json");
        }
    }

    @Test
    void tellsTheSenderThatItSendsTooFastAndWhenToTryAgain() {
        try (WebSocketClient a = join(alice, 0, "")) {
            int burst = a.next("welcome").json().at("/limits/burst").asInt();
            for (int n = 0; n < burst * 3; n++) {
                a.send("{\"message\":" + n + ",\"cid\":\"f" + n + "\"}");
            }
            Frame error = a.next("error");
            assertThat(error.get("code")).isEqualTo("rate_limited");
            assertThat(error.json().has("retry_after")).isTrue();
            assertThat(error.get("cid")).startsWith("f");
        }
    }

    private WebSocketClient join(Visitor visitor, int node, String query) {
        return visitor.fullAt(system.node(node), room, query).connect();
    }

    private static String publish(WebSocketClient client, int n) {
        while (true) {
            client.send("{\"message\":" + n + ",\"cid\":\"n" + n + "\"}");
            Frame answer = client.next(frame -> frame.is("ack") || frame.is("error"));
            if (answer.is("ack")) {
                return answer.get("id");
            }
            assertThat(answer.get("code")).isEqualTo("rate_limited");
            client.poll(Duration.ofMillis(100));
        }
    }

    private static List<Long> page(WebSocketClient client, String fields) {
        client.send("{\"type\":\"history\",\"rid\":\"r\"," + fields + "}");
        Frame page = client.next("history");
        assertThat(page.get("rid")).isEqualTo("r");
        return page.json()
                .get("messages")
                .valueStream()
                .map(message -> message.get("message").asLong())
                .toList();
    }
}
