package dev.sidestream.ws.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What members and those who come back are told when Redis has lost something, or is away. */
@SocketTest
class GapsIT {

    private static RedisForTests redis;
    private static TestNode one;

    private final String room = Talk.newRoom();

    @BeforeAll
    static void start() {
        redis = RedisForTests.create();
        one = TestNode.start(redis, "sidestream.channel-layer.history-length=5");
    }

    @AfterAll
    static void stop() {
        one.close();
        redis.close();
    }

    private TestClient full(String user, String query) {
        return Handshake.to(one, room + query).as(user).full().open();
    }

    @Test
    void whatWasTrimmedIsAGapWithTheRestBehindIt() {
        TestClient ada = full("ada", "");
        ada.next("welcome");
        ada.publish("\"first\"", "c");
        String since = ada.next("ack").get("id").asString();
        for (int i = 0; i < 6; i++) {
            ada.publish("\"m" + i + "\"", "c" + i);
            ada.next("ack");
        }
        TestClient back = full("ada", "?since=" + since);
        JsonNode welcome = back.nextJson();
        assertThat(welcome.get("resumed").asBoolean()).isFalse();
        JsonNode gap = back.nextJson();
        assertThat(gap.get("type").asString()).isEqualTo("gap");
        assertThat(gap.get("reason").asString()).isEqualTo("trimmed");
        JsonNode first = back.nextJson();
        assertThat(first.get("id")).isEqualTo(gap.get("first"));
        assertThat(first.get("message").asString()).isEqualTo("m1");
        assertThat(welcome.get("replayed").asInt()).isEqualTo(5);
        ada.publish("\"live\"");
        assertThat(Talk.messages(back, 5)).containsExactly("m2", "m3", "m4", "m5", "live");
    }

    @Test
    void aFlushedRedisIsAGapOfAnotherEpochForMembersAndForThoseWhoComeBack() {
        TestClient ada = full("ada", "");
        ada.next("welcome");
        ada.publish("\"before\"", "c");
        String before = ada.next("ack").get("id").asString();
        redis.flush();
        JsonNode gap = ada.next("gap");
        assertThat(gap.get("reason").asString()).isEqualTo("epoch");
        assertThat(gap.get("since").asString()).isEqualTo(before);
        ada.publish("\"after\"", "c2");
        assertThat(ada.next("ack").get("id").asString()).isNotEqualTo(before);

        TestClient back = full("ada", "?since=" + before);
        assertThat(back.next("welcome").get("resumed").asBoolean()).isFalse();
        assertThat(back.next("gap").get("reason").asString()).isEqualTo("epoch");
        assertThat(back.next("message").get("message").asString()).isEqualTo("after");
    }

    @Test
    void isNotReadyWhileRedisIsAwayAndResumesEveryRoomWhenItIsBack() {
        TestClient ada = full("ada", "");
        ada.next("welcome");
        ada.publish("\"before\"", "c1");
        ada.next("ack");
        assertThat(readiness()).isEqualTo(200);
        redis.kill();
        try {
            Await.until("not ready", () -> readiness() == 503);
            ada.next("degraded");
            ada.publish("\"lost?\"", "c2");
            JsonNode refused = ada.next("error");
            assertThat(refused.get("cid").asString()).isEqualTo("c2");
            assertThat(refused.get("code").asString()).isEqualTo("unavailable");
            assertThat(refused.get("retry_after").asInt()).isPositive();
            assertThat(ada.isOpen()).isTrue();
            assertThat(Handshake.to(one, Talk.newRoom()).as("bob").full().status())
                    .as("another node takes it")
                    .isEqualTo(503);
        } finally {
            redis.start();
        }
        Await.until("ready again", () -> readiness() == 200);
        ada.next("restored");
        // The commands' connection may need a moment longer than that of the log; the same cid is safe to send again.
        Await.until("accepted", () -> isAccepted(ada.publish("\"lost?\"", "c2"), "c2"));
        TestClient bob = full("bob", "?history=10");
        bob.next("welcome");
        assertThat(Talk.messages(bob, 2)).containsExactly("before", "lost?");
    }

    /** Whether the answer to a message is an ack. */
    private static boolean isAccepted(TestClient client, String cid) {
        JsonNode answer = client.nextJson();
        while (answer.path("type").asString().equals("message")
                || !answer.path("cid").asString("").equals(cid)) {
            answer = client.nextJson();
        }
        return answer.get("type").asString().equals("ack");
    }

    private static int readiness() {
        try {
            URI uri = URI.create("http://127.0.0.1:" + one.port() + "/actuator/health/readiness");
            HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection();
            request.setConnectTimeout(10_000);
            request.setReadTimeout(20_000);
            return request.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
