package dev.sidestream.ws.connection.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With which code a socket closes, and that its stream ends with the close frame. */
@SocketTest
class ClosingIT {

    private static final int CLOSE = 8;
    /** Far less than a peer has for its answer. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static TestNode node;

    private final TestClient ada = Handshake.to(node, Talk.newRoom()).as("ada").open();

    @BeforeAll
    static void start() {
        node = TestNode.start(RedisForTests.shared(), "sidestream.limits.fragments=4");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private void assertEnds(int code) {
        assertThat(ada.closing().code()).isEqualTo(code);
        ada.untilEndOfStream(SOON);
        ada.cut();
        Await.until(
                "it is nobody's any more",
                () -> node.bean(ConnectionRegistry.class).ofUser("ada").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void answersACloseWithItsStatus(int status) {
        ada.leave(status);
        assertEnds(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 65_535})
    void answersACloseWhoseStatusNobodyMayUseAsABreachOfTheRules(int status) {
        ada.playDead();
        ada.leave(status);
        assertEnds(1002);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void endsTheStreamBehindTheCloseFrameOfAPeerThatBreaksTheRules(String breach, byte[] bytes, int code) {
        ada.playDead();
        ada.raw(bytes);
        assertEnds(code);
    }

    static Stream<Arguments> breaches() {
        byte[] none = {};
        byte[] text = "x".getBytes(StandardCharsets.UTF_8);
        byte[] bad = {(byte) 0xC0, (byte) 0xAF};
        return Stream.of(
                Arguments.of("a close of one byte", TestClient.masked(true, CLOSE, new byte[] {3}), 1002),
                Arguments.of("a close with bad text", close(1000, bad), 1007),
                Arguments.of("an unmasked frame", new byte[] {(byte) 0x81, 2, '{', '}'}, 1002),
                Arguments.of("a reserved bit", new byte[] {(byte) 0xC1, (byte) 0x80, 0, 0, 0, 0}, 1002),
                Arguments.of("an opcode that is none", TestClient.masked(true, 3, none), 1002),
                Arguments.of("a fragmented ping", TestClient.masked(false, 9, none), 1002),
                Arguments.of("a long ping", TestClient.masked(true, 9, new byte[126]), 1002),
                Arguments.of("a continuation of nothing", TestClient.masked(true, 0, text), 1002),
                Arguments.of("bad text", TestClient.masked(true, TestClient.TEXT, bad), 1007),
                Arguments.of("binary", TestClient.masked(true, TestClient.BINARY, text), 1003),
                Arguments.of("too much", TestClient.masked(true, TestClient.TEXT, new byte[(64 << 10) + 1]), 1009),
                Arguments.of("too many fragments", fragments(5), 1009));
    }

    private static byte[] close(int status, byte[] reason) {
        byte[] payload = {(byte) (status >> 8), (byte) status, reason[0], reason[1]};
        return TestClient.masked(true, CLOSE, payload);
    }

    private static byte[] fragments(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            bytes.writeBytes(
                    TestClient.masked(false, i == 0 ? TestClient.TEXT : TestClient.CONTINUATION, new byte[] {'x'}));
        }
        return bytes.toByteArray();
    }
}
