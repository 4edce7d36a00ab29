package dev.sidestream.ws.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two nodes on one Redis, in both modes. */
@EachRedis
@SocketTest
class RoomsOverTwoNodesIT {

    private static TestNode one;
    private static TestNode two;

    private final String room = Talk.newRoom();

    @BeforeAll
    static void start() {
        String fast = "sidestream.limits.rate=100000";
        String burst = "sidestream.limits.burst=100000";
        one = TestNode.start(RedisForTests.shared(), fast, burst);
        // As in a room larger than a chunk: a pass over the members is interrupted after each.
        two = TestNode.start(RedisForTests.shared(), fast, burst, "sidestream.fanout.chunk=1");
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    private TestClient full(TestNode node, String user, String query) {
        return Handshake.to(node, room + query).as(user).full().open();
    }

    private TestClient plain(TestNode node, String user, String query) {
        return Handshake.to(node, room + query).as(user).open();
    }

    @Test
    void plainMembersGetMessagesAndNothingElseAndTheSenderItsOwn() {
        TestClient ada = plain(one, "ada", "");
        TestClient watch = full(two, "bob", "");
        watch.next("welcome");
        ada.publish("{\"a\": [1, 2.5, \"\\u00e9\"]}");
        JsonNode frame = ada.nextJson();
        assertThat(frame.propertyNames()).containsExactlyInAnyOrder("message", "id", "user");
        assertThat(frame.get("message").toString()).isEqualTo("{\"a\":[1,2.5,\"é\"]}");
        assertThat(frame.get("user").asString()).isEqualTo("ada");
        assertThat(watch.next("message").get("id")).isEqualTo(frame.get("id"));
        ada.send("hello");
        assertThat(ada.nextJson().get("code").asString()).isEqualTo("bad_json");
        ada.publish("1", "ignored");
        assertThat(ada.nextJson().get("message").asInt()).isEqualTo(1);
        // An ack of that would come before the next message, as frames are handled one after the other.
        ada.publish("2");
        assertThat(ada.nextJson().get("message").asInt()).isEqualTo(2);
        assertThat(ada.untilPong()).isEmpty();
    }

    @Test
    void allMembersOnBothNodesSeeOneOrder() {
        int each = 300;
        List<TestClient> members = new ArrayList<>();
        for (TestNode node : List.of(one, two)) {
            members.add(full(node, "ada", ""));
            members.add(full(node, "bob", ""));
            members.add(plain(node, "eve", ""));
        }
        members.get(0).next("welcome");
        members.get(1).next("welcome");
        members.get(3).next("welcome");
        members.get(4).next("welcome");
        // Plain members are told nothing when they are in; a first message to each tells.
        for (TestClient member : List.of(members.get(2), members.get(5))) {
            member.publish("\"in\"");
            awaitMessage(member, "in");
        }
        // Two connections' messages have no order until the room gives them one: all have the first before the others
        // are sent.
        members.get(5).publish("\"begin\"");
        members.forEach(member -> awaitMessage(member, "begin"));
        for (int i = 0; i < each; i++) {
            members.get(0).publish("\"a" + i + "\"", "a" + i);
            members.get(4).publish("\"b" + i + "\"", "b" + i);
        }
        List<List<String>> seen =
                members.stream().map(member -> Talk.messages(member, 2 * each)).toList();
        assertThat(seen).allMatch(seen.getFirst()::equals);
        List<String> ofOne =
                seen.getFirst().stream().filter(text -> text.startsWith("a")).toList();
        assertThat(ofOne)
                .isEqualTo(IntStream.range(0, each).mapToObj(i -> "a" + i).toList());
    }

    private static void awaitMessage(TestClient member, String payload) {
        String message = Talk.messages(member, 1).getFirst();
        while (!message.equals(payload)) {
            message = Talk.messages(member, 1).getFirst();
        }
    }

    @Test
    void acknowledgesAndRecognisesTheSameMessageAgainOnAnyNode() {
        TestClient ada = full(one, "ada", "");
        ada.next("welcome");
        ada.publish("\"once\"", "c1");
        JsonNode ack = null;
        JsonNode message = null;
        while (ack == null || message == null) {
            JsonNode frame = ada.nextJson();
            ack = frame.path("type").asString().equals("ack") ? frame : ack;
            message = frame.path("type").asString().equals("message") ? frame : message;
        }
        assertThat(message.get("id")).isEqualTo(ack.get("id"));
        assertThat(message.get("cid").asString()).isEqualTo("c1");
        assertThat(ack.has("dup")).isFalse();

        TestClient again = full(two, "ada", "?since=" + ack.get("id").asString());
        assertThat(again.next("welcome").get("resumed").asBoolean()).isTrue();
        again.publish("\"once\"", "c1");
        JsonNode second = again.next("ack");
        assertThat(second.get("id")).isEqualTo(ack.get("id"));
        assertThat(second.get("dup").asBoolean()).isTrue();

        TestClient other = full(two, "bob", "?history=10");
        assertThat(other.next("welcome").get("replayed").asInt()).isEqualTo(1);
        assertThat(other.next("message").has("cid")).isFalse();
    }

    @Test
    void usersOfOneNameShareNeitherCidsNorTheSightOfThem() {
        TestClient sam = full(one, "7~Sam", "");
        TestClient tab = full(two, "7~Sam", "");
        TestClient namesake = full(two, "8~Sam", "");
        for (TestClient member : List.of(sam, tab, namesake)) {
            assertThat(member.next("welcome").get("user").asString()).isEqualTo("Sam");
        }
        sam.publish("\"mine\"", "c1");
        JsonNode seen = namesake.next("message");
        assertThat(seen.get("user").asString()).isEqualTo("Sam");
        assertThat(seen.has("cid")).isFalse();
        assertThat(tab.next("message").get("cid").asString()).isEqualTo("c1");
        namesake.publish("\"mine too\"", "c1");
        assertThat(sam.next("ack").has("dup")).isFalse();
        assertThat(namesake.next("ack").has("dup")).isFalse();
        assertThat(tab.next("message").has("cid")).isFalse();

        TestClient late = full(one, "8~Sam", "?history=10");
        assertThat(late.next("welcome").get("replayed").asInt()).isEqualTo(2);
        assertThat(late.next("message").has("cid")).isFalse();
        assertThat(late.next("message").get("cid").asString()).isEqualTo("c1");
    }

    @Test
    void beginsWithWelcomeThenOldMessagesThenLiveOnes() {
        TestClient ada = full(one, "ada", "");
        JsonNode empty = ada.nextJson();
        assertThat(empty.get("type").asString()).isEqualTo("welcome");
        assertThat(empty.get("tail").isNull()).isTrue();
        for (int i = 0; i < 5; i++) {
            ada.publish("\"m" + i + "\"", "c" + i);
        }
        Talk.messages(ada, 5);
        TestClient bob = full(two, "bob", "?history=3");
        JsonNode welcome = bob.nextJson();
        assertThat(welcome.get("type").asString()).isEqualTo("welcome");
        assertThat(welcome.get("replayed").asInt()).isEqualTo(3);
        assertThat(welcome.get("resumed").asBoolean()).isFalse();
        ada.publish("\"live\"");
        assertThat(Talk.messages(bob, 4)).containsExactly("m2", "m3", "m4", "live");
    }

    @Test
    void tellsAnUnknownPositionAsAGapRightAfterTheWelcome() {
        TestClient ada = full(one, "ada", "");
        ada.next("welcome");
        ada.publish("\"m\"", "c");
        String id = ada.next("ack").get("id").asString();
        String foreign = id.substring(0, id.lastIndexOf('.')) + ".aaaaaaaa";
        TestClient bob = full(two, "bob", "?since=" + foreign);
        assertThat(bob.nextJson().get("resumed").asBoolean()).isFalse();
        JsonNode gap = bob.nextJson();
        assertThat(gap.get("type").asString()).isEqualTo("gap");
        assertThat(gap.get("since").asString()).isEqualTo(foreign);
        assertThat(gap.get("first").asString()).isEqualTo(id);
        assertThat(Talk.messages(bob, 1)).containsExactly("m");
    }

    @Test
    void pagesThroughHistoryInBothDirections() {
        TestClient ada = full(one, "ada", "");
        ada.next("welcome");
        for (int i = 0; i < 6; i++) {
            ada.publish("\"m" + i + "\"");
        }
        Talk.messages(ada, 6);
        ada.send("{\"type\":\"history\",\"rid\":\"r\",\"limit\":2}");
        JsonNode newest = ada.next("history");
        assertThat(newest.get("rid").asString()).isEqualTo("r");
        assertThat(newest.get("more").asBoolean()).isTrue();
        assertThat(texts(newest)).containsExactly("m4", "m5");
        ada.send("{\"type\":\"history\",\"before\":\""
                + newest.at("/messages/0/id").asString() + "\",\"limit\":10}");
        JsonNode older = ada.next("history");
        assertThat(texts(older)).containsExactly("m0", "m1", "m2", "m3");
        assertThat(older.get("more").asBoolean()).isFalse();
        ada.send("{\"type\":\"history\",\"after\":\""
                + older.at("/messages/0/id").asString() + "\",\"limit\":2}");
        assertThat(texts(ada.next("history"))).containsExactly("m1", "m2");
    }

    private static List<String> texts(JsonNode history) {
        List<String> texts = new ArrayList<>();
        history.get("messages")
                .forEach(message -> texts.add(message.get("message").asString()));
        return texts;
    }

    @Test
    void whatAProgramPublishesReachesAllMembers() {
        TestClient ada = full(one, "ada", "");
        TestClient bob = full(two, "bob", "");
        ada.next("welcome");
        bob.next("welcome");
        String name = room.substring(0, room.length() - 1);
        two.bean(ChannelLayer.class)
                .publish(name, Publication.of("site", "\"maintenance\""))
                .block();
        for (TestClient member : List.of(ada, bob)) {
            JsonNode frame = member.next("message");
            assertThat(frame.get("user").asString()).isEqualTo("site");
            assertThat(frame.has("cid")).isFalse();
        }
    }
}
