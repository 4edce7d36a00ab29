package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bare client that offers no sub-protocol, through nginx. */
@EndToEnd
class PlainModeIT {

    private Visitor alice;
    private Visitor bob;
    private String room;

    @BeforeEach
    void signIn(RunningSystem system) {
        alice = Visitor.signIn(system, "alice");
        bob = Visitor.signIn(system, "bob");
        room = Visitor.newRoom("plain");
    }

    @Test
    void bothSidesReceiveWhatEitherSends() {
        try (WebSocketClient a = alice.plain(room, "").connect();
                WebSocketClient b = bob.plain(room, "").connect()) {
            settle(a, b);
            a.send("{\"message\":\"hi\"}");
            b.send("{\"message\":{\"deep\":[1,null,\"ü\"]}}");
            for (WebSocketClient client : new WebSocketClient[] {a, b}) {
                Frame one = client.next();
                Frame two = client.next();
                Frame fromAlice = "alice".equals(one.get("user")) ? one : two;
                Frame fromBob = fromAlice.equals(one) ? two : one;
                assertThat(fromAlice.message().asString()).isEqualTo("hi");
                assertThat(fromBob.message().toString()).isEqualTo("{\"deep\":[1,null,\"ü\"]}");
                assertThat(fromBob.get("user")).isEqualTo("bob");
            }
        }
    }

    @Test
    void nothingComesUnasked() {
        try (WebSocketClient a = alice.plain(room, "").connect()) {
            a.send("{\"message\":\"asked\"}");
            assertThat(a.next().get("message")).isEqualTo("asked");
        }
    }

    @Test
    void theLongFormOfTheAddressIsTheSameRoom(RunningSystem system) {
        try (WebSocketClient a = alice.plain(room, "").connect();
                WebSocketClient b =
                        system.handshake("/ws/chat/" + room + "/", bob.cookie()).connect()) {
            settle(a, b);
            a.send("{\"message\":1}");
            assertThat(b.next().message().asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "[]",
                "{}",
                "{\"message\":1,\"message\":2}",
                "{\"message\":NaN}",
                "{\"message\"",
                "\"x\""
            })
    void tellsOnlyTheSenderWhatItCannotRead(String text) {
        try (WebSocketClient a = alice.plain(room, "").connect();
                WebSocketClient b = bob.plain(room, "").connect()) {
            settle(a, b);
            a.send(text);
            Frame answer = a.next();
            assertThat(answer.get("code")).startsWith("bad_");
            assertThat(answer.get("message")).isNotBlank();
            a.send("{\"message\":\"still here\"}");
            assertThat(a.next().get("message")).isEqualTo("still here");
            assertThat(b.next().get("message")).isEqualTo("still here");
        }
    }

    @Test
    void replaysWhatIsRetainedAfterAnIdAndTheLastOnes() {
        String second;
        try (WebSocketClient a = alice.plain(room, "").connect()) {
            for (int n = 1; n <= 5; n++) {
                a.send("{\"message\":" + n + "}");
            }
            a.next();
            second = a.next().get("id");
            a.next(frame -> frame.number("message") == 5);
        }
        try (WebSocketClient since = bob.plain(room, "?since=" + second).connect();
                WebSocketClient last = bob.plain(room, "?history=2").connect()) {
            assertThat(since.next().number("message")).isEqualTo(3);
            assertThat(since.next().number("message")).isEqualTo(4);
            assertThat(since.next().number("message")).isEqualTo(5);
            assertThat(last.next().number("message")).isEqualTo(4);
            assertThat(last.next().number("message")).isEqualTo(5);
            last.send("{\"message\":6}");
            assertThat(since.next().number("message")).isEqualTo(6);
            assertThat(last.next().number("message")).isEqualTo(6);
        }
    }

    @Test
    void greetsAndRepeatsUnderTheNameThatWasChosen(RunningSystem system) {
        try (WebSocketClient client = system.handshake("/chat/", alice.cookie()).connectText()) {
            assertThat(client.nextText()).isEqualTo("[Welcome alice!]");
            client.send("hello");
            assertThat(client.nextText()).isEqualTo("alice: hello");
            client.send("/name Countess");
            assertThat(client.nextText()).isEqualTo("[set your username to Countess]");
            client.send("hello");
            assertThat(client.nextText()).isEqualTo("Countess: hello");
        }
    }

    /**
     * In plain mode nobody is told when the join is done; a round trip of an own message shows it. One comes after the other, so that
     * nothing of this is on its way any more.
     */
    private static void settle(WebSocketClient... clients) {
        for (int n = 0; n < clients.length; n++) {
            String own = "settle " + n;
            clients[n].send("{\"message\":\"" + own + "\"}");
            clients[n].next(frame -> own.equals(frame.get("message")));
        }
        clients[0].send("{\"message\":\"settled\"}");
        for (WebSocketClient client : clients) {
            client.next(frame -> "settled".equals(frame.get("message")));
        }
    }
}
