package dev.sidestream.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.testing.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every channel layer must do; each implementation extends it and says how two nodes of it are made. */
public abstract class ChannelLayerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Position NOWHERE = new Position("e0", 1, "1-0");

    /** Two layers that share what they send, as two nodes do; both may be one object where there is one node only. */
    protected ChannelLayer layer;

    protected ChannelLayer other;

    protected abstract ChannelLayer create();

    protected abstract ChannelLayer createOther();

    @BeforeEach
    void createLayers() {
        layer = create();
        other = createOther();
    }

    @AfterEach
    void closeLayers() {
        layer.close();
        other.close();
    }

    private static <T> T get(Mono<T> mono) {
        T value = mono.block(PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    private static void run(Mono<Void> mono) {
        mono.block(PATIENCE);
    }

    private static Message message(String body) {
        return new Message("test", body);
    }

    private static Publication publication(String json) {
        return Publication.of("alice", json);
    }

    private static String json(StoredPublication stored) {
        return new String(stored.publication().json(), UTF_8);
    }

    private List<Position> publish(String room, int count) {
        List<Position> positions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            positions.add(
                    get(layer.publish(room, publication(Integer.toString(i)))).position());
        }
        return positions;
    }

    private List<String> page(String room, Position from, Position to, int limit) {
        return get(layer.history(room, from, to, limit)).publications().stream()
                .map(ChannelLayerContract::json)
                .toList();
    }

    @Test
    void deliversToAChannelFromEverywhereInOrder() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            for (int i = 0; i < 50; i++) {
                run(other.send(mailbox.channel(), message("n" + i)));
            }
            assertThat(inbox.await(50))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 50).mapToObj(i -> "n" + i).toList());
        }
    }

    @Test
    void givesEachMailboxANameOfItsOwn() {
        try (Mailbox one = layer.open(new Inbox());
                Mailbox two = layer.open(new Inbox());
                Mailbox far = other.open(new Inbox())) {
            assertThat(List.of(one.channel(), two.channel(), far.channel())).doesNotHaveDuplicates();
        }
    }

    @Test
    void swallowsMessagesToAChannelThatDoesNotExist() {
        run(layer.send("nobody", message("lost")));
        Inbox inbox = new Inbox();
        Mailbox closed = layer.open(inbox);
        closed.close();
        Inbox witness = new Inbox();
        try (Mailbox open = layer.open(witness)) {
            run(layer.send(closed.channel(), message("late")));
            run(layer.send(open.channel(), message("seen")));
            witness.await(1);
        }
        assertThat(inbox.bodies()).isEmpty();
    }

    @Test
    void deliversToTheMembersOfAGroupOnly() {
        Inbox in = new Inbox();
        Inbox out = new Inbox();
        try (Mailbox member = layer.open(in);
                Mailbox stranger = layer.open(out)) {
            run(layer.groupAdd("staff", member.channel()));
            run(other.groupSend("staff", message("hello")));
            run(layer.send(stranger.channel(), message("direct")));
            assertThat(in.await(1)).containsExactly("hello");
            assertThat(out.await(1)).containsExactly("direct");
        }
    }

    @Test
    void reachesAMemberThatWasAddedFromAfarWithTheNextMessage() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            for (int i = 0; i < 20; i++) {
                String group = "g" + i;
                run(other.groupAdd(group, mailbox.channel()));
                run(other.groupSend(group, message(group)));
            }
            assertThat(inbox.await(20)).hasSize(20);
        }
    }

    @Test
    void endsAMembershipFromNearAndAfar() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            run(layer.groupAdd("a", mailbox.channel()));
            run(layer.groupDiscard("a", mailbox.channel()));
            run(layer.groupSend("a", message("never")));
            run(layer.groupAdd("b", mailbox.channel()));
            run(other.groupDiscard("b", mailbox.channel()));
            run(other.groupSend("b", message("never")));
            run(other.groupDiscard("b", "nobody"));
            run(layer.groupAdd("c", mailbox.channel()));
            run(layer.groupSend("c", message("still there")));
            run(layer.send(mailbox.channel(), message("end")));
            assertThat(inbox.await(2)).containsExactlyInAnyOrder("still there", "end");
        }
    }

    @Test
    void endsMembershipsWithTheMailbox() {
        Inbox inbox = new Inbox();
        Mailbox mailbox = layer.open(inbox);
        run(layer.groupAdd("room", mailbox.channel()));
        mailbox.close();
        Inbox witness = new Inbox();
        try (Mailbox other = layer.open(witness)) {
            run(layer.groupAdd("room", other.channel()));
            run(layer.groupSend("room", message("hello")));
            witness.await(1);
        }
        assertThat(inbox.bodies()).isEmpty();
    }

    @Test
    void addsAChannelTwiceAndDeliversOnce() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            run(layer.groupAdd("twice", mailbox.channel()));
            run(other.groupAdd("twice", mailbox.channel()));
            run(other.groupSend("twice", message("once")));
            run(other.groupSend("twice", message("end")));
            assertThat(inbox.await(2)).containsExactly("once", "end");
        }
    }

    @Test
    void goesOnAfterAReceiverFailed() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(message -> {
            inbox.receive(message);
            throw new IllegalStateException("receiver failed on purpose");
        })) {
            run(layer.send(mailbox.channel(), message("one")));
            run(layer.send(mailbox.channel(), message("two")));
            assertThat(inbox.await(2)).containsExactly("one", "two");
        }
    }

    @Test
    void carriesBodiesOf64KiBAndAnyText() {
        String large = "ß".repeat(32 * 1024);
        String odd = "\u0000\r\n\"{}: 聊天 \uD83D\uDE00";
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            run(other.send(mailbox.channel(), message(large)));
            run(other.send(mailbox.channel(), message(odd)));
            run(other.send(mailbox.channel(), message("")));
            assertThat(inbox.await(3)).containsExactly(large, odd, "");
        }
        assertThatThrownBy(() -> message(large + "x")).isInstanceOf(IllegalArgumentException.class);
        String json = "\"" + "x".repeat(64 * 1024 - 2) + "\"";
        get(layer.publish("large", publication(json)));
        assertThat(page("large", null, null, 1)).containsExactly(json);
        assertThatThrownBy(() -> publication(json + " ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsWithoutHolesWithinAnEpoch() {
        List<Position> positions = publish("counted", 20);
        assertThat(positions)
                .extracting(Position::epoch)
                .containsOnly(positions.getFirst().epoch());
        assertThat(positions)
                .extracting(Position::seq)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> (long) i).toList());
        assertThat(positions).extracting(Position::entryId).doesNotHaveDuplicates();
        assertThat(positions.getFirst().epoch()).matches("[0-9A-Za-z]{1,32}");
        assertThat(Position.parse(positions.getLast().id())).isEqualTo(positions.getLast());
    }

    @Test
    void givesConcurrentPublishersOneOrder() {
        List<Receipt> receipts = Flux.range(0, 400)
                .flatMap(i -> (i % 2 == 0 ? layer : other).publish("busy", publication(Integer.toString(i))), 64)
                .collectList()
                .block(PATIENCE);
        assertThat(receipts.stream()
                        .map(receipt -> receipt.position().seq())
                        .sorted()
                        .toList())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 400).mapToObj(i -> (long) i).toList());
    }

    @Test
    void appendsNothingForACidThatWasAccepted() {
        Publication first = new Publication("alice", "1".getBytes(UTF_8), "c:{1}");
        Receipt accepted = get(layer.publish("dedup", first));
        assertThat(accepted.duplicate()).isFalse();
        Receipt again = get(other.publish("dedup", new Publication("alice", "2".getBytes(UTF_8), "c:{1}")));
        assertThat(again).isEqualTo(new Receipt(accepted.position(), true));
        assertThat(get(layer.publish("dedup", new Publication("bob", "3".getBytes(UTF_8), "c:{1}")))
                        .duplicate())
                .isFalse();
        assertThat(get(layer.publish("another", first)).duplicate()).isFalse();
        assertThat(page("dedup", null, null, 10)).containsExactly("1", "3");
    }

    @Test
    void tellsTwoAuthorsOfOneNameApartByTheirIds() {
        Publication first = new Publication("Sam", "1".getBytes(UTF_8), "c", "7");
        assertThat(get(layer.publish("names", first)).duplicate()).isFalse();
        assertThat(get(other.publish("names", first)).duplicate()).isTrue();
        assertThat(get(layer.publish("names", new Publication("Sam", "2".getBytes(UTF_8), "c", "8")))
                        .duplicate())
                .isFalse();
        assertThat(get(layer.publish("names", new Publication("Sammy", "3".getBytes(UTF_8), "c", "7")))
                        .duplicate())
                .isTrue();
        assertThat(get(layer.publish("names", new Publication("7", "4".getBytes(UTF_8), "c")))
                        .duplicate())
                .isTrue();
        assertThat(get(other.history("names", null, null, 10)).publications())
                .extracting(stored ->
                        stored.publication().user() + " " + stored.publication().author())
                .containsExactly("Sam 7", "Sam 8");
    }

    @Test
    void keepsWhoSaidWhatWhen() {
        Publication anonymous = new Publication(null, "{\"a\":1}".getBytes(UTF_8), null);
        Position first = get(layer.publish("kept", anonymous)).position();
        Position second = get(layer.publish("kept", new Publication("Zoë", "[]".getBytes(UTF_8), "c1")))
                .position();
        List<StoredPublication> stored =
                get(other.history("kept", null, null, 10)).publications();
        assertThat(stored).extracting(StoredPublication::position).containsExactly(first, second);
        assertThat(stored).extracting(s -> s.publication().user()).containsExactly(null, "Zoë");
        assertThat(stored).extracting(s -> s.publication().cid()).containsExactly(null, "c1");
        assertThat(stored).extracting(ChannelLayerContract::json).containsExactly("{\"a\":1}", "[]");
        assertThat(Duration.ofMillis(
                        Math.abs(System.currentTimeMillis() - stored.getFirst().timestamp())))
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void pagesHistoryWithBothEndsExclusive() {
        List<Position> at = publish("paged", 10);
        assertThat(page("paged", null, null, 3)).containsExactly("8", "9", "10");
        assertThat(page("paged", at.get(2), null, 3)).containsExactly("4", "5", "6");
        assertThat(page("paged", null, at.get(5), 3)).containsExactly("3", "4", "5");
        assertThat(page("paged", at.get(2), at.get(5), 10)).containsExactly("4", "5");
        assertThat(page("paged", at.get(9), null, 3)).isEmpty();
        assertThat(page("paged", null, at.get(0), 3)).isEmpty();
        assertThat(get(layer.history("paged", at.get(2), null, 3)).more()).isTrue();
        assertThat(get(layer.history("paged", at.get(6), null, 3)).more()).isFalse();
        assertThat(get(layer.history("paged", null, at.get(5), 3)).more()).isTrue();
        assertThat(get(layer.history("paged", null, at.get(3), 3)).more()).isFalse();
    }

    @Test
    void hasNoHistoryOfARoomThatDoesNotExist() {
        assertThat(get(layer.history("unborn", null, null, 10))).isEqualTo(new HistoryPage(List.of(), false));
        assertThat(get(layer.history("unborn", NOWHERE, null, 10)).publications())
                .isEmpty();
    }

    @Test
    void takesTwoSpellingsOfANameForOneRoom() {
        get(layer.publish("caf\u00e9", publication("1")));
        get(layer.publish("cafe\u0301", publication("2")));
        assertThat(page("caf\u00e9", null, null, 10)).containsExactly("1", "2");
        get(layer.publish("聊天室", publication("3")));
        assertThat(page("聊天室", null, null, 10)).containsExactly("3");
    }

    @Test
    void refusesNamesAndLimitsThatAreNone() {
        for (String name :
                List.of("", "a b", "a:b", "{a}", "a/b", "*", "a\nb", "x".repeat(101), "\u202Eabc", "\u3164")) {
            assertInvalid(layer.publish(name, publication("1")));
            assertInvalid(layer.history(name, null, null, 1));
            assertInvalid(layer.groupSend(name, message("x")));
            assertInvalid(layer.groupAdd(name, "channel"));
        }
        assertInvalid(layer.history("room", null, null, 0));
        assertInvalid(layer.history("room", null, null, 1_001));
        assertInvalid(layer.send("", message("x")));
    }

    private static void assertInvalid(Mono<?> mono) {
        assertThatThrownBy(() -> mono.block(PATIENCE))
                .isInstanceOfSatisfying(
                        ChannelLayerException.class,
                        e -> assertThat(e.kind()).isEqualTo(ChannelLayerException.Kind.INVALID));
    }

    @Test
    void sendsNothingBeforeTheSubscription() {
        Mono<Receipt> cold = layer.publish("cold", publication("1"));
        assertThat(page("cold", null, null, 10)).isEmpty();
        get(cold);
        get(cold);
        assertThat(page("cold", null, null, 10)).hasSize(2);
    }

    @Test
    void servesCodeThatWaits() {
        BlockingChannelLayer blocking = layer.blocking();
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            blocking.groupAdd("blocking", mailbox.channel());
            blocking.groupSend("blocking", message("one"));
            inbox.await(1);
            blocking.groupDiscard("blocking", mailbox.channel());
            blocking.send(mailbox.channel(), message("two"));
            assertThat(inbox.await(2)).containsExactly("one", "two");
        }
        Receipt receipt = blocking.publish("blocking", publication("1"));
        assertThat(blocking.history("blocking", null, null, 1).publications())
                .extracting(StoredPublication::position)
                .containsExactly(receipt.position());
    }
}
