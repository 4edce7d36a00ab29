package dev.sidestream.ws.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.Refused;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of handshakes that do not keep to the rules. */
@SocketTest
class HandshakesIT {

    private static TestNode node;

    private final String room = Talk.newRoom();

    @BeforeAll
    static void start() {
        node = TestNode.start(RedisForTests.shared());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private Handshake handshake() {
        return Handshake.to(node, room).as("ada");
    }

    private static void assertMalformed(Handshake handshake) {
        double before = node.meter("sidestream.handshakes", "outcome", "malformed");
        Refused refused = catchThrowableOfType(Refused.class, handshake::open);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused).hasMessageContaining("malformed");
        assertThat(refused.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(node.meter("sidestream.handshakes", "outcome", "malformed") - before)
                .isEqualTo(1);
    }

    @Test
    void knowsNoUpgradeInHttp10() {
        assertMalformed(handshake().version("HTTP/1.0"));
    }

    @Test
    void wantsOneHost() {
        assertMalformed(handshake().without("Host"));
        assertMalformed(handshake().header("Host", ""));
        assertMalformed(handshake().also("Host", "other.test"));
        assertThat(handshake().header("Host", "any.test").status()).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Key, dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Key, AQIDBAUGBwgJCgsMDQ4PEA==",
        "Sec-WebSocket-Version, 13",
        "Sec-WebSocket-Version, 8",
        "Upgrade, websocket",
        "Upgrade, h2c",
        "Host, other.test",
        "Authorization, Bearer another"
    })
    void wantsEachHeaderOnceThatMayBeThereOnce(String name, String second) {
        assertMalformed(handshake().header("Authorization", "Bearer one").also(name, second));
    }

    @Test
    void takesAConnectionHeaderInParts() {
        assertThat(handshake().also("Connection", "keep-alive").status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lobby/?x=%zz", "lobby/?a=%", "lobby/?since=%", "%zz/", "lobby/?a=^"})
    void saysWhyATargetThatIsNoUriIsRefused(String target) {
        assertMalformed(Handshake.to(node, "/chat/" + target).as("ada"));
    }

    @Test
    void leavesRequestsThatAreNoHandshakesToTheServer() {
        Refused refused = catchThrowableOfType(
                Refused.class, Handshake.to(node, "/chat/lobby/?a=%").without("Upgrade")::open);
        assertThat(refused.status()).isEqualTo(400);
    }

    /** In one write with the request, so that the node has read it before it can answer. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":\"early\"}", "", "\n\n\r\n", "many lines\n\u001B\n9\nN\n(("})
    void closesASocketWhoseFirstFrameCameBeforeTheAnswer(String text) {
        byte[] frame = TestClient.masked(true, TestClient.TEXT, text.getBytes(StandardCharsets.UTF_8));
        TestClient ada = handshake().followedBy(frame).open();

        assertThat(ada.closing().code()).isEqualTo(1002);
        assertThat(ada.untilClose()).isEmpty();
    }

    @Test
    void keepsASocketWhoseFirstFrameCameAfterTheAnswer() {
        TestClient ada = handshake().full().open();
        assertThat(ada.next("welcome").get("user").asString()).isEqualTo("ada");
        ada.publish("1", "c1");
        ada.next("ack");
        assertThat(ada.isOpen()).isTrue();
    }
}
