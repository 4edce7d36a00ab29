package dev.sidestream.ws.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What a consumer may rely on. */
@SocketTest
class ConsumersIT {

    /** What each user's consumer was called for. */
    private static final Map<String, List<String>> CALLS = new ConcurrentHashMap<>();

    private static TestNode one;
    private static TestNode two;

    @BeforeAll
    static void start() {
        one = TestNode.start(RedisForTests.shared(), Own.class);
        two = TestNode.start(RedisForTests.shared(), Own.class);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    private static List<String> calls(String user) {
        return CALLS.computeIfAbsent(user, name -> new CopyOnWriteArrayList<>());
    }

    private static TestClient slow(TestNode node, String user) {
        return Handshake.to(node, "/slow/").as(user).text().open();
    }

    @Test
    void theGreetingConsumerTakesANameWhereOneFollowsAndRepeatsAllElse() {
        TestClient ada = Handshake.to(one, "/chat/").as("ada").text().open();
        assertThat(ada.next()).isEqualTo("[Welcome ada!]");
        for (String text : List.of("hi", "/name", "/name ", "/names x")) {
            ada.send(text);
            assertThat(ada.next()).isEqualTo("ada: " + text);
        }
        ada.send("/name the Countess ");
        assertThat(ada.next()).isEqualTo("[set your username to the Countess]");
        ada.send("hi");
        assertThat(ada.next()).isEqualTo("the Countess: hi");
    }

    @Test
    void neverSeesTwoFramesAtOnceAndDisconnectsOnceAndLast() {
        TestClient ada = slow(one, "ada1");
        ada.send("a").send("b").send("c");
        assertThat(ada.next()).isEqualTo("done a");
        assertThat(ada.next()).isEqualTo("done b");
        ada.leave(1000);
        Await.until("it has disconnected", () -> calls("ada1").contains("disconnect 1000"));
        assertThat(calls("ada1"))
                .containsExactly(
                        "connect",
                        "connected",
                        "begin a",
                        "end a",
                        "begin b",
                        "end b",
                        "begin c",
                        "end c",
                        "disconnect 1000");
    }

    @Test
    void isDisconnectedAfterItsWorkWhenTheClientVanishes() {
        TestClient ada = slow(one, "ada2");
        ada.send("a");
        Await.until("it works", () -> calls("ada2").contains("begin a"));
        ada.cut();
        Await.until("it has disconnected", () -> calls("ada2").contains("disconnect 1006"));
        assertThat(calls("ada2")).containsExactly("connect", "connected", "begin a", "end a", "disconnect 1006");
    }

    @Test
    void isClosedWithInternalErrorWhenItFailsAtOnceOrLater() {
        for (String how : List.of("throw", "error")) {
            TestClient ada = slow(one, "ada3");
            ada.send(how);
            assertThat(ada.closing().code()).isEqualTo(1011);
        }
        Await.until(
                "both are disconnected",
                () -> calls("ada3").stream().filter("disconnect 1011"::equals).count() == 2);
    }

    @Test
    void hearsItsGroupFromOtherNodesAndItsOwnChannelFromAnyProgram() {
        TestClient ada = slow(one, "ada4");
        TestClient bob = slow(two, "bob");
        ada.send("join");
        bob.send("join");
        assertThat(ada.next()).isEqualTo("done join");
        assertThat(bob.next()).isEqualTo("done join");
        two.bean(ChannelLayer.class)
                .groupSend("own-group", new Message("note", "to all"))
                .block();
        assertThat(ada.next()).isEqualTo("heard to all");
        assertThat(bob.next()).isEqualTo("heard to all");
        ada.send("channel");
        String channel = ada.next();
        assertThat(ada.next()).isEqualTo("done channel");
        two.bean(ChannelLayer.class)
                .send(channel, new Message("note", "to you"))
                .block();
        assertThat(ada.next()).isEqualTo("heard to you");
        two.bean(ChannelLayer.class)
                .groupSend("own-group", new Message("note", "the end"))
                .block();
        assertThat(bob.next()).isEqualTo("heard the end");
        bob.send("over");
        assertThat(bob.next()).isEqualTo("done over");
        assertThat(bob.untilPong()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        @Bean
        ConsumerRoute slow() {
            return ConsumerRoute.of("/slow/", Slow::new);
        }
    }

    /** Takes its time for everything, and would notice if it were not left alone with it. */
    private static final class Slow implements Consumer {

        private final AtomicInteger atOnce = new AtomicInteger();
        private static final Duration WORK = Duration.ofMillis(100);

        private List<String> calls = List.of();

        private Mono<Void> work(String begin, String end) {
            if (atOnce.incrementAndGet() > 1 && calls.add("two at once")) {
                return Mono.error(new IllegalStateException("two at once"));
            }
            calls.add(begin);
            return Mono.delay(WORK).then(Mono.fromRunnable(() -> {
                calls.add(end);
                atOnce.decrementAndGet();
            }));
        }

        @Override
        public Mono<Void> connect(Connection connection) {
            calls = calls(connection.scope().user().name());
            return work("connect", "connected");
        }

        @Override
        public Mono<Void> receive(Connection connection, Frame frame) {
            String text = frame.text();
            Mono<Void> first = switch (text) {
                case "throw" -> throw new IllegalStateException("on purpose");
                case "error" -> Mono.error(new IllegalStateException("on purpose"));
                case "join" -> connection.join("own-group");
                case "channel" -> Mono.fromRunnable(() -> connection.send(connection.channel()));
                default -> work("begin " + text, "end " + text);
            };
            return first.then(Mono.fromRunnable(() -> connection.send("done " + text)));
        }

        @Override
        public Mono<Void> message(Connection connection, Message message) {
            return Mono.fromRunnable(() -> connection.send("heard " + message.body()));
        }

        @Override
        public Mono<Void> disconnect(Connection connection, CloseCode code) {
            calls.add("disconnect " + code.code());
            return Mono.empty();
        }
    }
}
