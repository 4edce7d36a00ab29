package dev.sidestream.ws.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import tools.jackson.databind.JsonNode;

/** Joining a room while others publish, at random moments: no hole, and nothing twice. */
@SocketTest
class JoinsIT {

    private static final int JOINS = 60;

    private static TestNode one;
    private static TestNode two;

    @BeforeAll
    static void start() {
        String many = "sidestream.limits.connections-per-user=1000";
        one = TestNode.start(RedisForTests.shared(), many);
        two = TestNode.start(RedisForTests.shared(), many);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @RepeatedTest(3)
    void noHoleAndNothingTwiceHoweverOneJoinsWhileOthersPublish() throws InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String room = Talk.newRoom();
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<String> since = new AtomicReference<>();
        Thread publisher = Thread.ofPlatform().start(() -> publish(room, over, since, new Random(seed)));
        List<TestClient> joined = new ArrayList<>();
        try {
            Await.until("something is published", () -> since.get() != null);
            for (int i = 0; i < JOINS; i++) {
                String query = switch (random.nextInt(3)) {
                    case 0 -> "";
                    case 1 -> "?history=" + (1 + random.nextInt(20));
                    default -> "?since=" + since.get();
                };
                TestNode node = random.nextBoolean() ? one : two;
                joined.add(Handshake.to(node, room + query).as("u").full().open());
            }
        } finally {
            over.set(true);
            publisher.join();
        }
        int last = lastOf(room);
        for (int i = 0; i < joined.size(); i++) {
            check("seed " + seed + ", join " + i, joined.get(i), last);
        }
    }

    private static void publish(String room, AtomicBoolean over, AtomicReference<String> since, Random random) {
        String name = room.substring(0, room.length() - 1);
        ChannelLayer layer = one.bean(ChannelLayer.class);
        List<String> ids = new ArrayList<>();
        for (int i = 1; !over.get(); i++) {
            String id = layer.publish(name, Publication.of("p", Integer.toString(i)))
                    .block()
                    .position()
                    .id();
            ids.add(id);
            since.set(ids.get(Math.max(0, ids.size() - 1 - random.nextInt(30))));
        }
    }

    private static int lastOf(String room) {
        String name = room.substring(0, room.length() - 1);
        ChannelLayer layer = one.bean(ChannelLayer.class);
        int last = Integer.parseInt(new String(
                layer.history(name, null, null, 1)
                        .block()
                        .publications()
                        .getFirst()
                        .publication()
                        .json(),
                StandardCharsets.US_ASCII));
        layer.publish(name, Publication.of("p", Integer.toString(last + 1))).block();
        return last + 1;
    }

    private static void check(String what, TestClient client, int last) {
        JsonNode welcome = client.nextJson();
        assertThat(welcome.get("type").asString()).as(what).isEqualTo("welcome");
        int expected = -1;
        while (expected != last) {
            JsonNode frame = client.nextJson();
            assertThat(frame.get("type").asString()).as(what).isEqualTo("message");
            int number = frame.get("message").asInt();
            if (expected != -1) {
                assertThat(number).as(what).isEqualTo(expected + 1);
            }
            expected = number;
        }
        assertThat(client.waiting()).as(what).isZero();
    }
}
