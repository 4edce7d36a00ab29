package dev.sidestream.ws.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.consumer.ConsumerRoute;
import dev.sidestream.ws.rights.RoomAccess;
import dev.sidestream.ws.rights.RoomPolicy;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.Refused;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What a client may do, how it is told that it did too much, and that this hurts only itself. */
@SocketTest
class LimitsIT {

    private static final int QUEUE = 64 << 10;
    private static final AtomicInteger STUCK = new AtomicInteger();

    private static TestNode node;

    private final String room = Talk.newRoom();

    @BeforeAll
    static void start() {
        node = TestNode.start(
                RedisForTests.shared(),
                Policy.class,
                "sidestream.limits.rate=5",
                "sidestream.limits.burst=10",
                "sidestream.limits.queue=64KB",
                "sidestream.limits.fragments=4",
                "sidestream.limits.rooms-per-minute=2",
                "sidestream.limits.connections-per-user=3",
                "sidestream.limits.connections-per-address=6",
                "sidestream.proxy.trusted=127.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private Handshake handshake(String user) {
        // Each user has an address of its own, so that tests do not share a bound.
        return Handshake.to(node, room)
                .as(user)
                .header("X-Forwarded-For", "192.0.2." + (1 + Math.floorMod(user.hashCode(), 250)));
    }

    private TestClient full(String user) {
        TestClient client = handshake(user).full().open();
        client.next("welcome");
        return client;
    }

    @Test
    void aPolicyThatFailsLetsNobodyInAndIsCounted() {
        double before = node.meter("sidestream.handshakes", "outcome", "check_failed");
        Handshake broken = Handshake.to(node, "broken-" + room).as("ada").header("X-Forwarded-For", "198.51.100.11");
        Refused refused = catchThrowableOfType(Refused.class, broken::open);
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused).hasMessageContaining("check_failed").hasMessageNotContaining("ada");
        assertThat(broken.full().status()).isEqualTo(500);
        assertThat(node.meter("sidestream.handshakes", "outcome", "check_failed") - before)
                .isEqualTo(2);
    }

    // ---- messages

    @Test
    void tellsWhichMessageCameTooFastAndWhenToTryAgain() {
        TestClient ada = full("rate");
        for (int i = 0; i < 20; i++) {
            ada.publish("1", "c" + i);
        }
        JsonNode error = ada.next("error");
        assertThat(error.get("code").asString()).isEqualTo("rate_limited");
        assertThat(error.get("cid").asString()).startsWith("c");
        assertThat(error.get("retry_after").asInt()).isPositive();
        ada.untilPong();
    }

    @Test
    void refusesAndCountsAMessageThatIsLongerThanARoomTakes() {
        try (TestNode roomy = TestNode.start(RedisForTests.shared(), "sidestream.limits.frame=128KB")) {
            TestClient ada = Handshake.to(roomy, room).as("ada").full().open();
            ada.publish("\"" + "x".repeat(Publication.MAX_JSON) + "\"", "c1").publish("1", "c2");
            JsonNode error = ada.next("error");
            assertThat(error.get("code").asString()).isEqualTo("too_large");
            assertThat(error.get("cid").asString()).isEqualTo("c1");
            ada.next("ack");
            assertThat(roomy.meter("sidestream.publications", "outcome", "too_large"))
                    .isEqualTo(1);
        }
    }

    @Test
    void closesAFlood() {
        TestClient ada = full("flood");
        for (int i = 0; i < 400; i++) {
            ada.ping();
        }
        assertThat(ada.next("bye").get("code").asInt()).isEqualTo(4101);
        assertThat(ada.closing().code()).isEqualTo(4101);
        assertThat(ada.closing().reason()).startsWith("retry=");
    }

    @Test
    void oneUserBringsOnlySoManyRoomsToLifePerMinuteHoweverMuchIsSaidInEach() {
        for (int i = 0; i < 3; i++) {
            TestClient ada = Handshake.to(node, Talk.newRoom())
                    .as("founder")
                    .header("X-Forwarded-For", "198.51.100.7")
                    .full()
                    .open();
            ada.next("welcome");
            ada.publish("1", "c1").publish("2", "c2").publish("3", "c3");
            if (i < 2) {
                List<String> answers = new ArrayList<>();
                while (answers.size() < 3) {
                    JsonNode answer = ada.nextJson();
                    if (answer.has("cid") && !answer.get("type").asString().equals("message")) {
                        answers.add(answer.get("type").asString());
                    }
                }
                assertThat(answers).containsExactly("ack", "ack", "ack");
            } else {
                JsonNode error = ada.next("error");
                assertThat(error.get("code").asString()).isEqualTo("rate_limited");
                assertThat(error.get("cid").asString()).isEqualTo("c1");
                assertThat(error.get("retry_after").asInt()).isBetween(1, 60);
            }
            ada.close();
        }
    }

    @Test
    void aReaderMayReadAndNotWrite() {
        TestClient reader = Handshake.to(node, "news-" + room)
                .as("reader")
                .header("X-Forwarded-For", "198.51.100.9")
                .full()
                .open();
        reader.next("welcome");
        reader.publish("1", "c");
        JsonNode error = reader.next("error");
        assertThat(error.get("code").asString()).isEqualTo("read_only");
        assertThat(error.get("cid").asString()).isEqualTo("c");
        assertThat(error.has("retry_after")).isFalse();
        String name = "news-" + room.substring(0, room.length() - 1);
        node.bean(ChannelLayer.class)
                .publish(name, Publication.of("site", "\"read this\""))
                .block();
        assertThat(Talk.messages(reader, 1)).containsExactly("read this");
    }

    @Test
    void aRoomThatOneMayNotEnterIsRefusedBeforeTheUpgradeOrToldInFullMode() {
        assertThat(Handshake.to(node, "secret-" + room).as("eve").status()).isEqualTo(403);
        TestClient told = Handshake.to(node, "secret-" + room).as("eve").full().open();
        JsonNode bye = told.nextJson();
        assertThat(bye.get("type").asString()).isEqualTo("bye");
        assertThat(bye.get("reconnect").asBoolean()).isFalse();
        assertThat(told.closing().code()).isEqualTo(4003);
    }

    // ---- connections

    @Test
    void aNewerConnectionOfAUserReplacesTheOldest() {
        List<TestClient> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(full("many"));
        }
        assertThat(all.get(0).closing().code()).isEqualTo(4015);
        assertThat(all.get(1).closing().code()).isEqualTo(4015);
        all.get(4).publish("\"still here\"");
        for (TestClient stays : all.subList(2, 5)) {
            assertThat(Talk.messages(stays, 1)).containsExactly("still here");
        }
    }

    @Test
    void anAddressHasOnlySoManyConnectionsAndGetsThemBack() {
        List<TestClient> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(Handshake.to(node, room)
                    .as("crowd" + i)
                    .header("X-Forwarded-For", "203.0.113.5")
                    .open());
        }
        Handshake oneMore = Handshake.to(node, room).as("crowd7").header("X-Forwarded-For", "203.0.113.5");
        Refused refused = catchThrowableOfType(Refused.class, oneMore::open);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotNull();
        all.getFirst().close();
        all.getLast().cut();
        Await.until("places are free again", () -> oneMore.status() == 101);
    }

    @Test
    void aPlaceIsGivenBackAtOnceThoughItsConsumerNeverEnds() {
        String address = "203.0.113.9";
        for (int i = 0; i < 6; i++) {
            TestClient stuck = stuck("stuck" + i, address).text().open();
            stuck.send("for ever").send("and this waits");
            Await.until("it works on it", () -> STUCK.get() > 0);
            STUCK.decrementAndGet();
            stuck.cut();
        }
        List<TestClient> next = new ArrayList<>();
        Await.until("all places are free, before any consumer is cancelled", Duration.ofSeconds(5), () -> {
            try {
                next.add(stuck("next" + next.size(), address).text().open());
            } catch (Refused stillTaken) {
                assertThat(stillTaken.status()).isEqualTo(429);
            }
            return next.size() == 6;
        });
        assertThat(node.bean(ConnectionRegistry.class).ofUser("stuck0")).isEmpty();
        Await.until("they are cancelled", () -> node.meter("sidestream.consumers.cancelled") == 6);
    }

    private static Handshake stuck(String user, String address) {
        return Handshake.to(node, "/stuck/").as(user).header("X-Forwarded-For", address);
    }

    @Test
    void aClientThatLeavesDuringTheHandshakeKeepsNoPlace() {
        String address = "203.0.113.77";
        for (int i = 0; i < 30; i++) {
            Handshake.to(node, room)
                    .as("hasty")
                    .header("X-Forwarded-For", address)
                    .sendAndLeave();
        }
        // Some of them may still be on their way in; each place is had as soon as they are gone, and kept.
        List<TestClient> patient = new ArrayList<>();
        Await.until("all places are free", () -> {
            try {
                patient.add(Handshake.to(node, room)
                        .as("patient" + patient.size())
                        .header("X-Forwarded-For", address)
                        .open());
            } catch (Refused stillTaken) {
                assertThat(stillTaken.status()).isEqualTo(429);
            }
            return patient.size() == 6;
        });
    }

    @Test
    void aReaderThatStopsIsClosedAndItsNeighboursNoticeNothing() {
        TestClient slow = handshake("slow").full().receiveBuffer(4096).open();
        slow.next("welcome");
        TestClient neighbour = full("neighbour");
        double before = node.meter("sidestream.closes", "code", "4108");
        slow.stopReading();
        slow.playDead();
        ChannelLayer layer = node.bean(ChannelLayer.class);
        String name = room.substring(0, room.length() - 1);
        String payload = "\"" + "x".repeat(16_000) + "\"";
        int sent = 0;
        while (node.meter("sidestream.closes", "code", "4108") == before && sent < 3_000) {
            assertThat(node.meter("sidestream.queue.bytes")).isLessThan(4 * QUEUE);
            layer.publish(name, Publication.of("site", payload)).block();
            sent++;
            Talk.messages(neighbour, 1);
            if (!node.bean(ConnectionRegistry.class).ofUser("slow").stream().allMatch(c -> c.isOpen())) {
                break;
            }
        }
        Await.until(
                "it is closed, and cut off when it reads not even that",
                () -> node.meter("sidestream.closes", "code", "4108") == before + 1);
        neighbour.publish("\"well\"");
        assertThat(Talk.messages(neighbour, 1)).containsExactly("well");
    }

    // ---- frames

    @Test
    void closesWhatIsTooBigInOneFrameOrInMany() {
        TestClient one = full("big1");
        one.frame(true, TestClient.TEXT, new byte[(64 << 10) + 1]);
        assertThat(one.closing().code()).isEqualTo(1009);
        TestClient many = full("big2");
        many.frame(false, TestClient.TEXT, new byte[40_000]);
        many.frame(true, TestClient.CONTINUATION, new byte[40_000]);
        assertThat(many.closing().code()).isEqualTo(1009);
        TestClient bits = full("big3");
        bits.frame(false, TestClient.TEXT, new byte[1]);
        for (int i = 0; i < 4; i++) {
            bits.frame(false, TestClient.CONTINUATION, new byte[1]);
        }
        assertThat(bits.closing().code()).isEqualTo(1009);
    }

    @Test
    void putsFragmentsTogetherWithControlFramesBetweenThem() {
        TestClient ada = full("fragments");
        byte[] whole = "{\"message\":\"gr\u00fc\u00df\"}".getBytes(StandardCharsets.UTF_8);
        ada.frame(false, TestClient.TEXT, java.util.Arrays.copyOfRange(whole, 0, 14)); // in the midst of a character
        ada.ping();
        ada.frame(true, TestClient.CONTINUATION, java.util.Arrays.copyOfRange(whole, 14, whole.length));
        assertThat(ada.nextControl()).isEqualTo("pong");
        assertThat(Talk.messages(ada, 1)).containsExactly("gr\u00fc\u00df");
    }

    @Test
    void closesWithTheCodeOfWhatIsWrong() {
        TestClient utf8 = full("wrong1");
        utf8.frame(true, TestClient.TEXT, new byte[] {'{', (byte) 0xC0, (byte) 0xAF});
        assertThat(utf8.closing().code()).isEqualTo(1007);
        TestClient binary = full("wrong2");
        binary.frame(true, TestClient.BINARY, new byte[] {1, 2, 3});
        assertThat(binary.closing().code()).isEqualTo(1003);
        TestClient unmasked = full("wrong3");
        unmasked.raw(new byte[] {(byte) 0x81, 2, '{', '}'});
        assertThat(unmasked.closing().code()).isEqualTo(1002);
        TestClient orphan = full("wrong4");
        orphan.frame(true, TestClient.CONTINUATION, new byte[] {'x'});
        assertThat(orphan.closing().code()).isEqualTo(1002);
    }

    @Test
    void answersALeaveWithTheSameCode() {
        TestClient ada = full("leaver");
        ada.leave(1001);
        assertThat(ada.closing().code()).isEqualTo(1001);
    }

    @Configuration(proxyBeanMethods = false)
    static class Policy {
        @Bean
        ConsumerRoute stuckRoute() {
            return ConsumerRoute.of("/stuck/", () -> (connection, frame) -> {
                STUCK.incrementAndGet();
                return Mono.never();
            });
        }

        @Bean
        RoomPolicy rooms() {
            return (user, name) -> {
                if (name.startsWith("broken-")) {
                    throw new IllegalStateException("no list of rooms for " + user.name());
                }
                return name.startsWith("secret-")
                        ? RoomAccess.NONE
                        : name.startsWith("news-") ? RoomAccess.READ : RoomAccess.WRITE;
            };
        }
    }
}
