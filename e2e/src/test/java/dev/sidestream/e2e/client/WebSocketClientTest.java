package dev.sidestream.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.testing.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The client against a server that is not ours. */
class WebSocketClientTest {

    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.ws(
                            "/echo", (in, out) -> out.sendString(in.receive().asString()))
                    .ws("/close", (in, out) -> out.sendClose(4003, "retry=7"))
                    .get(
                            "/header",
                            (request, response) -> response.sendString(Mono.just(
                                    String.join("|", request.requestHeaders().getAll("Origin")))))
                    .get("/no", (request, response) -> response.status(403).send()))
            .bindNow();

    @AfterAll
    static void stop() {
        SERVER.disposeNow();
    }

    @Test
    void sendsAndReceivesTextOfAnyLength() {
        try (WebSocketClient client = to("/echo").connectText()) {
            for (int length : new int[] {0, 125, 126, 20_000}) {
                String text = "é".repeat(length);
                client.send(text);
                assertThat(received(client, text.length())).isEqualTo(text);
            }
        }
    }

    @Test
    void putsFragmentsTogetherOnBothSides() {
        try (WebSocketClient client = to("/echo").connectText()) {
            client.sendRaw(FrameWriter.frame(false, 0, FrameWriter.TEXT, true, "a".getBytes(StandardCharsets.UTF_8)));
            client.sendRaw(FrameWriter.frame(FrameWriter.PING, new byte[] {1}));
            client.sendRaw(
                    FrameWriter.frame(true, 0, FrameWriter.CONTINUATION, true, "b".getBytes(StandardCharsets.UTF_8)));
            assertThat(received(client, 2)).isEqualTo("ab");
        }
    }

    @Test
    void tellsCodeAndReasonOfTheClose() {
        assertThat(to("/close").connectText().closed()).isEqualTo(new Closing(4003, "retry=7"));
    }

    @Test
    void isClosedForAnUnmaskedFrame() {
        WebSocketClient client = to("/echo").connectText();
        client.sendRaw(FrameWriter.frame(true, 0, FrameWriter.TEXT, false, new byte[] {'a'}));
        assertThat(client.closed().code()).isIn(1002, Closing.NO_FRAME);
    }

    @Test
    void readsNothingWhilePaused() {
        try (WebSocketClient client = to("/echo").connectText()) {
            client.stopReading();
            client.send("1");
            client.send("2");
            // The reader may have been inside its read already, which then takes one frame and no more.
            boolean oneCame = client.poll(Duration.ofMillis(500)) != null;
            assertThat(client.poll(Duration.ofMillis(200))).isNull();
            client.readOn();
            if (!oneCame) {
                assertThat(client.nextText()).isEqualTo("1");
            }
            assertThat(client.nextText()).isEqualTo("2");
        }
    }

    @Test
    void sendsTheSameHeaderTwice() {
        HandshakeRequest request = HandshakeRequest.to(SERVER.port(), "/header")
                .without("Upgrade")
                .header("Origin", "a")
                .header("Origin", "b");
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void tellsTheStatusOfARefusal() {
        try (HandshakeAnswer answer = to("/no").open()) {
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThatThrownBy(() -> to("/no").connect()).isInstanceOf(RefusedException.class);
    }

    @Test
    void tellsThatTheConnectionEndedWithoutAWord() {
        WebSocketClient client = to("/echo").connectText();
        client.cut();
        assertThat(client.closed().code()).isEqualTo(Closing.NO_FRAME);
        Await.until("it is not open", () -> !client.isOpen());
    }

    /** The server echoes what it got in pieces, so an echo may come in pieces too. */
    private static String received(WebSocketClient client, int length) {
        StringBuilder text = new StringBuilder(client.nextText());
        while (text.length() < length) {
            text.append(client.nextText());
        }
        return text.toString();
    }

    private static HandshakeRequest to(String path) {
        return HandshakeRequest.to(SERVER.port(), path);
    }
}
