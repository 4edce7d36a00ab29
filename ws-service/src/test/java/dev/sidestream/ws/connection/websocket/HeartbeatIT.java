package dev.sidestream.ws.connection.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.consumer.ConsumerRoute;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Who is closed for not answering pings, over real sockets. */
@SocketTest
class HeartbeatIT {

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start(
                RedisForTests.shared(), Busy.class, "sidestream.heartbeat.interval=1s", "sidestream.consumer.grace=1s");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void assertGone(String user) {
        Await.until(
                "it is nobody's any more",
                Duration.ofSeconds(10),
                () -> node.bean(ConnectionRegistry.class).ofUser(user).isEmpty());
    }

    @Test
    void closesAClientThatAnswersNoPingAndWaitsForNothingMore() {
        TestClient ada = Handshake.to(node, Talk.newRoom()).as("ada").open();
        ada.playDead();
        assertThat(ada.closing().code()).isEqualTo(4201);
        assertGone("ada");
    }

    @Test
    void closesAClientThatIsGoneHoweverBusyItsConsumerIs() {
        TestClient bob = Handshake.to(node, "/busy/").as("bob").text().open();
        bob.send("work");
        bob.playDead();
        assertThat(bob.closing().code()).isEqualTo(4201);
        assertGone("bob");
        Await.until("its consumer is cancelled", () -> node.meter("sidestream.consumers.cancelled") >= 1);
    }

    @Test
    void hearsThePongsOfAClientWhoseConsumerIsBusy() {
        TestClient eve = Handshake.to(node, "/busy/").as("eve").text().open();
        eve.send("work");
        for (int pings = 0; pings < 6; pings++) {
            assertThat(eve.nextControl()).isEqualTo("ping");
        }
        assertThat(eve.isOpen()).isTrue();
    }

    @Test
    void hearsTheCloseOfAClientWhoseConsumerIsBusy() {
        TestClient eva = Handshake.to(node, "/busy/").as("eva").text().open();
        eva.send("work");
        assertThat(eva.nextControl()).isEqualTo("ping");
        eva.leave(1000);
        assertThat(eva.closing().code()).isEqualTo(1000);
        assertGone("eva");
    }

    @Configuration(proxyBeanMethods = false)
    static class Busy {
        @Bean
        ConsumerRoute busy() {
            return ConsumerRoute.of("/busy/", () -> (connection, frame) -> Mono.never());
        }
    }
}
