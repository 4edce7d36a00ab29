package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.history.Conversation;
import dev.sidestream.e2e.history.Verdict;
import dev.sidestream.e2e.system.RunningSystem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis ends, forgets, freezes or is cut off while everybody is connected. */
@EndToEnd
@Tag("fault")
class RedisFaultIT {

    private RunningSystem system;
    private Conversation conversation;

    @BeforeEach
    void converse(RunningSystem running) {
        system = running;
        conversation = Talks.of(running, "redis", 4);
    }

    @AfterEach
    void leave() {
        conversation.close();
    }

    @Test
    void whatWasAcknowledgedSurvivesARestart() {
        conversation.send(40, () -> system.redis().restart());
        Verdict verdict = conversation.finish("kill -9 and restart of Redis with AOF");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
    }

    @Test
    void everyMemberIsToldWhenRedisForgetsEverything() {
        conversation.send(40, () -> system.redis().flush());
        Verdict verdict = conversation.finish("FLUSHALL");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.gaps()).isGreaterThanOrEqualTo(4);
        assertThat(conversation.members())
                .allSatisfy(member -> assertThat(member.gaps()).contains("epoch"));
    }

    @Test
    void aQuietRoomIsToldToo() {
        Visitor alice = Visitor.signIn(system, "alice");
        String room = Visitor.newRoom("quiet");
        try (WebSocketClient member = alice.fullAt(system.node(0), room, "").connect()) {
            member.next("welcome");
            member.send("{\"message\":1,\"cid\":\"1\"}");
            String old = member.next("message").get("id");
            system.redis().flush();
            Visitor bob = Visitor.signIn(system, "bob");
            try (WebSocketClient other = bob.fullAt(system.node(1), room, "").connect()) {
                other.next("welcome");
                other.send("{\"message\":2,\"cid\":\"2\"}");
                other.next("ack");
            }
            Frame told = member.next(frame -> frame.is("gap") || frame.is("bye"));
            if (told.is("gap")) {
                assertThat(told.get("since")).isEqualTo(old);
                assertThat(told.get("reason")).isEqualTo("epoch");
                assertThat(member.next().get("message")).isEqualTo("2");
            } else {
                // The sessions were in that Redis as well.
                assertThat(told.number("code")).isBetween(4009L, 4011L);
            }
        }
    }

    @Test
    void publishesFailFastAndNewcomersAreSentAwayWhileRedisStandsStill() {
        Visitor alice = Visitor.signIn(system, "alice");
        String room = Visitor.newRoom("frozen");
        try (WebSocketClient a = alice.fullAt(system.node(0), room, "").connect();
                WebSocketClient b = alice.fullAt(system.node(1), room, "").connect()) {
            a.next("welcome");
            b.next("welcome");
            system.redis().pause();
            a.send("{\"message\":\"m\",\"cid\":\"once\"}");
            Frame error = a.next("error");
            assertThat(error.get("code")).isEqualTo("unavailable");
            assertThat(error.get("cid")).isEqualTo("once");
            assertThat(error.json().has("retry_after")).isTrue();
            assertTurnedAway(system.handshakeAt(system.node(0), "/chat/" + room + "/", alice.cookie()));
            a.send("{\"type\":\"ping\",\"t\":1}");
            a.next("pong");
            assertThat(system.node(0).status("/actuator/health/liveness"))
                    .as("a restart would not help")
                    .isEqualTo(200);
            Await.until("the node is not ready", () -> !system.node(0).isReady());
            system.redis().resume();
            system.heal();
            a.send("{\"message\":\"m\",\"cid\":\"once\"}");
            String id = a.next("ack").get("id");
            assertThat(b.next("message").get("id")).isEqualTo(id);
            a.send("{\"message\":\"end\"}");
            assertThat(b.next("message").get("message"))
                    .as("the retry of an unknown outcome adds nothing")
                    .isEqualTo("end");
        }
    }

    @Test
    void aStandstillOfRedisLosesNothing() {
        conversation.send(30, () -> {
            system.redis().pause();
            Await.until(
                    "somebody is told to wait",
                    () -> conversation.members().stream()
                            .anyMatch(member -> !member.refusals().isEmpty()));
            system.redis().resume();
        });
        Verdict verdict = conversation.finish("SIGSTOP and SIGCONT of Redis");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
        assertThat(verdict.gaps()).isZero();
        assertThat(conversation.members().stream().flatMap(member -> member.refusals().stream()))
                .containsOnly("unavailable");
    }

    @Test
    void aNodeThatIsCutOffFromRedisCatchesUp() {
        for (Runnable cut : List.<Runnable>of(
                () -> system.redisOf(0).cut(), () -> system.redisOf(1).cut())) {
            conversation.send(20, cut);
        }
        conversation.send(20, () -> {
            system.redisOf(0).refuse();
            Await.until("node-1 is not ready", () -> !system.node(0).isReady());
            system.redisOf(0).heal();
        });
        Verdict verdict = conversation.finish("connections to Redis cut");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
        assertThat(verdict.gaps()).isZero();
    }

    @Test
    void aConnectionToRedisThatPassesNothingIsFoundOut() {
        conversation.send(20, () -> {
            system.redisOf(0).freeze();
            Await.until(
                    "node-1 is not ready",
                    Duration.ofSeconds(40),
                    () -> !system.node(0).isReady());
            system.redisOf(0).heal();
        });
        Verdict verdict = conversation.finish("connections to Redis frozen");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
    }

    @Test
    void aSlowRedisOnlySlowsDown() {
        conversation.send(10, () -> system.redisOf(0).delay(Duration.ofMillis(40)));
        Verdict verdict = conversation.finish("80 ms to Redis and back");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
    }

    private static void assertTurnedAway(HandshakeRequest request) {
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).matches("\\d+");
        }
    }
}
