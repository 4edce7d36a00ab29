package dev.sidestream.ws.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.support.CookieNames;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A node that leaves on purpose. */
@SocketTest
class DrainIT {

    @Test
    void tellsEverySocketToComeBackLetsNobodyInAndThenIsEmpty() {
        TestNode node = TestNode.start(RedisForTests.shared(), "sidestream.drain.window=2s");
        String room = Talk.newRoom();
        List<TestClient> members = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestClient member = Handshake.to(node, room).as("u" + i).full().open();
            member.next("welcome");
            members.add(member);
        }
        TestClient plain = Handshake.to(node, room).as("p").open();
        Executor threads = task -> Thread.ofPlatform().start(task); // the common pool has one thread on two cores
        // A handshake that was admitted before, and becomes a socket only while the node drains.
        CookieNames logins = node.bean(CookieNames.class);
        logins.holdBack();
        CompletableFuture<TestClient> late = CompletableFuture.supplyAsync(
                () -> Handshake.to(node, room).as("late").full().open(), threads);
        Await.until("the late handshake is under way", () -> logins.asked("late"));
        ConnectionRegistry registry = node.bean(ConnectionRegistry.class);
        Drain drain = node.bean(Drain.class);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(node::close, threads);
        Await.until("draining", drain::isDraining);
        assertThat(Handshake.to(node, room).as("new").status()).isEqualTo(503);
        logins.letGo();
        for (TestClient member : members) {
            JsonNode bye = member.next("bye");
            assertThat(bye.get("code").asInt()).isEqualTo(1012);
            assertThat(bye.get("reconnect").asBoolean()).isTrue();
            assertThat(bye.get("retry_after").asInt()).isPositive();
            assertThat(member.closing().code()).isEqualTo(1012);
        }
        assertThat(plain.closing()).isEqualTo(new TestClient.Closing(1012, "retry=1"));
        assertThat(late.join().closing().code()).isEqualTo(1012);
        closed.join();
        assertThat(registry.size()).isZero();
    }
}
