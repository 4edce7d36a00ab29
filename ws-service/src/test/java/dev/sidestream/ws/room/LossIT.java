package dev.sidestream.ws.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisScript;
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
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A Redis that comes back without the end of what it had accepted, and one that somebody else writes to. */
@SocketTest
class LossIT {

    private static final Keys KEYS = new Keys(16);

    private static RedisForTests redis;
    private static TestNode one;
    private static TestNode two;

    private final String path = Talk.newRoom();
    private final String room = path.substring(0, path.length() - 1);

    @BeforeAll
    static void start() {
        redis = RedisForTests.create();
        one = TestNode.start(redis);
        two = TestNode.start(redis);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        redis.close();
    }

    private TestClient full(TestNode node, String user, String query) {
        return Handshake.to(node, path + query).as(user).full().open();
    }

    /** One who only publishes: it passes over what it receives while it waits for its acks. */
    private TestClient speaker() {
        TestClient speaker = full(one, "speaker", "");
        speaker.next("welcome");
        return speaker;
    }

    private static String publish(TestClient client, String text) {
        client.publish("\"" + text + "\"", "c-" + text);
        return client.next("ack").get("id").asString();
    }

    private static String key(byte[] key) {
        return new String(key, StandardCharsets.US_ASCII);
    }

    /** Takes the newest publications out of everything, as a replica that never had them, and begins another server. */
    private void loseAfter(int seq, List<String> lost) {
        int partition = KEYS.partition(room);
        for (String id : lost) {
            redis.command(
                    "XDEL",
                    key(KEYS.room(room)),
                    Objects.requireNonNull(Position.parse(id)).entryId());
        }
        redis.command("HSET", key(KEYS.meta(room)), "seq", Integer.toString(seq));
        String log = key(KEYS.log(partition));
        for (int i = 0; i < lost.size(); i++) {
            List<?> newest = Objects.requireNonNull((List<?>) redis.command("XREVRANGE", log, "+", "-", "COUNT", "1"));
            redis.command("XDEL", log, (String) ((List<?>) newest.getFirst()).getFirst());
        }
        redis.command("HINCRBY", key(KEYS.life(partition)), "count", Integer.toString(-lost.size()));
        redis.restart();
        for (TestNode node : List.of(one, two)) {
            Await.until(
                    "the log is read again",
                    () -> node.bean(RedisChannelLayer.class).readerStats().reading());
        }
    }

    @Test
    void whatWasLostIsToldOnceToEverybodyWhomItConcernsAndNothingComesAgain() {
        TestClient speaker = speaker();
        TestClient ada = full(one, "ada", "");
        ada.next("welcome");
        String early = publish(speaker, "m1");
        TestClient plain = Handshake.to(two, path).as("bob").open();
        List<String> lost = List.of(publish(speaker, "m2"), publish(speaker, "m3"));
        assertThat(Talk.messages(ada, 3)).containsExactly("m1", "m2", "m3");
        assertThat(Talk.messages(plain, 2)).containsExactly("m2", "m3");
        TestClient untouched =
                Handshake.to(two, Talk.newRoom()).as("eve").full().open();
        untouched.next("welcome");
        untouched.publish("\"elsewhere\"");
        assertThat(Talk.messages(untouched, 1)).containsExactly("elsewhere");

        loseAfter(1, lost);

        JsonNode gap = ada.next("gap");
        assertThat(gap.get("reason").asString()).isEqualTo("lost");
        assertThat(gap.get("since").asString()).isEqualTo(lost.getLast());
        String goOn = gap.get("id").asString();
        JsonNode told = plain.nextJson();
        assertThat(told.get("code").asString()).isEqualTo("gap");
        assertThat(told.get("gap").asString()).isEqualTo("lost");
        assertThat(told.get("id").asString()).isEqualTo(goOn);
        // Who was away, and had nothing of what was lost.
        TestClient carol = full(two, "carol", "?since=" + early);
        assertThat(carol.next("welcome").get("resumed").asBoolean()).isFalse();
        assertThat(carol.nextJson().get("reason").asString()).isEqualTo("lost");
        TestClient dave = full(one, "dave", "?since=" + goOn);
        assertThat(dave.next("welcome").get("resumed").asBoolean())
                .as("told once")
                .isTrue();

        Await.until("accepted again", () -> accepts(speaker, "m4"));
        for (TestClient member : List.of(ada, carol, dave)) {
            assertThat(Talk.messages(member, 1)).containsExactly("m4");
            assertThat(member.untilPong()).as("nothing again, and no other gap").isEmpty();
        }
        assertThat(plain.nextJson().get("message").asString()).isEqualTo("m4");
        assertThat(untouched.untilPong().stream().filter(frame -> frame.contains("gap")))
                .as("a room that lost nothing is told nothing")
                .isEmpty();
    }

    private static boolean accepts(TestClient client, String text) {
        client.publish("\"" + text + "\"", "c-" + text);
        JsonNode answer = client.nextJson();
        while (!answer.path("cid").asString("").equals("c-" + text)
                || answer.path("type").asString().equals("message")) {
            answer = client.nextJson();
        }
        return answer.get("type").asString().equals("ack");
    }

    @Test
    void aRestartThatLostNothingTellsNobodyAGap() {
        TestClient speaker = speaker();
        TestClient ada = full(one, "ada", "");
        ada.next("welcome");
        String last = publish(speaker, "m1");
        assertThat(Talk.messages(ada, 1)).containsExactly("m1");

        loseAfter(1, List.of());

        TestClient back = full(two, "bob", "?since=" + last);
        assertThat(back.next("welcome").get("resumed").asBoolean()).isTrue();
        Await.until("accepted again", () -> accepts(speaker, "m2"));
        assertThat(Talk.messages(ada, 1)).containsExactly("m2");
        assertThat(Talk.messages(back, 1)).containsExactly("m2");
        assertThat(ada.untilPong()).isEmpty();
        assertThat(back.untilPong()).isEmpty();
    }

    @Test
    void aPublicationThatCannotBeDeliveredIsAGapAndStopsNothingElse() {
        TestClient speaker = speaker();
        TestClient ada = full(one, "ada", "");
        ada.next("welcome");
        String first = publish(speaker, "m1");
        assertThat(Talk.messages(ada, 1)).containsExactly("m1");
        byScript("\"a\",\"user\":\"admin\",\"x\":\"");
        JsonNode gap = ada.nextJson();
        assertThat(gap.get("type").asString()).isEqualTo("gap");
        assertThat(gap.get("reason").asString()).isEqualTo("lost");
        publish(speaker, "m2");
        assertThat(Talk.messages(ada, 1)).containsExactly("m2");

        TestClient bob = full(two, "bob", "?since=" + first);
        assertThat(bob.next("welcome").get("resumed").asBoolean()).isTrue();
        assertThat(bob.nextJson().get("id")).isEqualTo(gap.get("id"));
        assertThat(Talk.messages(bob, 1)).containsExactly("m2");
        TestClient carol = full(two, "carol", "?history=10");
        carol.next("welcome");
        assertThat(carol.nextJson().get("message").asString()).isEqualTo("m1");
        assertThat(carol.nextJson().get("type").asString()).isEqualTo("gap");
        assertThat(carol.nextJson().get("message").asString()).isEqualTo("m2");
    }

    private void byScript(String data) {
        String script =
                new String(new RedisScript(RedisChannelLayer.class, "publish.lua").text(), StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of("EVAL", script, "4"));
        for (byte[] key : KEYS.publish(room, "", "")) {
            command.add(key(key));
        }
        command.addAll(List.of(room, "site", "", data));
        redis.command(command.toArray(String[]::new));
    }

    @Test
    void aLargeResumeComesInPortionsAndIsWhole() {
        TestClient speaker = speaker();
        String since = publish(speaker, "m0");
        for (int i = 1; i <= 60; i++) {
            speaker.publish("\"" + i + " " + "x".repeat(30_000) + "\"", "c" + i);
            speaker.next("ack");
        }
        TestClient back = full(two, "bob", "?since=" + since);
        JsonNode welcome = back.next("welcome");
        assertThat(welcome.get("resumed").asBoolean()).isTrue();
        assertThat(welcome.get("replayed").asInt()).isEqualTo(60);
        speaker.publish("\"live\"", "live");
        for (int i = 1; i <= 60; i++) {
            assertThat(back.nextJson().get("message").asString()).startsWith(i + " ");
        }
        assertThat(Talk.messages(back, 1)).containsExactly("live");
        assertThat(back.untilPong()).isEmpty();
    }
}
