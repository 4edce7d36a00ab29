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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
        Speaker speaker = new Speaker(room.substring(0, room.length() - 1));
        List<Join> joins = new ArrayList<>();
        Thread speaking = Thread.ofPlatform().start(speaker);
        try {
            Await.until("something is published", () -> speaker.count() > 0);
            for (int i = 0; i < JOINS; i++) {
                joins.add(join("seed " + seed + ", join " + i, room, speaker, random));
            }
        } finally {
            speaker.over = true;
            speaking.join();
        }
        int last = speaker.say();
        for (Join join : joins) {
            checkUpTo(last, join, speaker);
        }
        // All are in: what comes twice comes before this, or behind it and before the answer to a ping.
        speaker.say();
        for (Join join : joins) {
            assertThat(number(join.what(), join.client().nextJson()))
                    .as(join.what())
                    .isEqualTo(last + 1);
            assertThat(join.client().untilPong()).as(join.what()).isEmpty();
        }
    }

    /**
     * One who joins.
     *
     * @param since the number of the message that it has seen last; 0 when it asks for nothing by this
     * @param history how many old messages it asks for at least; 0 when for none
     */
    private record Join(String what, TestClient client, int since, int history) {}

    private static Join join(String what, String room, Speaker speaker, Random random) {
        int kind = random.nextInt(3);
        int history = kind == 1 ? 1 + random.nextInt(20) : 0;
        int since = kind == 2 ? Math.max(1, speaker.count() - random.nextInt(30)) : 0;
        String query = kind == 1 ? "?history=" + history : kind == 2 ? "?since=" + speaker.id(since) : "";
        TestNode node = random.nextBoolean() ? one : two;
        TestClient client = Handshake.to(node, room + query).as("u").full().open();
        return new Join(what + query, client, since, history);
    }

    /** What it got is what its welcome says, from the first message that is due to the last, each once. */
    private static void checkUpTo(int last, Join join, Speaker speaker) {
        JsonNode welcome = join.client().nextJson();
        assertThat(welcome.get("type").asString()).as(join.what()).isEqualTo("welcome");
        int tail = speaker.number(welcome.get("tail").asString());
        int replayed = welcome.get("replayed").asInt();
        int first = tail - replayed + 1;
        if (join.since() > 0) {
            assertThat(welcome.get("resumed").asBoolean()).as(join.what()).isTrue();
            assertThat(first).as(join.what()).isEqualTo(join.since() + 1);
        } else {
            assertThat(replayed).as(join.what()).isGreaterThanOrEqualTo(Math.min(join.history(), tail));
        }
        for (int expected = first; expected <= last; expected++) {
            assertThat(number(join.what(), join.client().nextJson()))
                    .as(join.what())
                    .isEqualTo(expected);
        }
    }

    private static int number(String what, JsonNode frame) {
        assertThat(frame.get("type").asString()).as(what).isEqualTo("message");
        return frame.get("message").asInt();
    }

    /** Publishes 1, 2, 3 and so on. */
    private static final class Speaker implements Runnable {

        private final ChannelLayer layer = one.bean(ChannelLayer.class);
        private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
        private final String room;
        private volatile boolean over;

        Speaker(String room) {
            this.room = room;
        }

        @Override
        public void run() {
            while (!over) {
                say();
            }
        }

        int say() {
            int number = count() + 1;
            ids.add(layer.publish(room, Publication.of("p", Integer.toString(number)))
                    .block()
                    .position()
                    .id());
            return number;
        }

        int count() {
            return ids.size();
        }

        String id(int number) {
            return ids.get(number - 1);
        }

        int number(String id) {
            int index = ids.indexOf(id);
            assertThat(index).as("the place of " + id).isNotNegative();
            return index + 1;
        }
    }
}
