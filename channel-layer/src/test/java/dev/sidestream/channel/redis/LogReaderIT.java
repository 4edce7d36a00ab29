package dev.sidestream.channel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.Held;
import dev.sidestream.channel.testing.Inbox;
import dev.sidestream.channel.testing.RedisForTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node reads, and what it is told, while Redis is hurt. */
@EachRedis
class LogReaderIT {

    private RedisForTests redis;
    private Node node;

    @BeforeEach
    void start() {
        redis = RedisForTests.create();
        node = new Node(redis, "lobby");
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
    }

    private String log() {
        return "ss:{p" + node.layer.partition("lobby") + "}:log";
    }

    @Test
    void readsPublicationsOfTheRoomsThatAreListenedTo() {
        try (Node other = new Node(redis, "elsewhere")) {
            node.publish("1");
            other.publish("2");
            node.publish("3");
            node.awaitBodies("1", "3");
            other.awaitBodies("2");
            StoredPublication first = node.received().getFirst();
            assertThat(first.publication().user()).isEqualTo("alice");
            assertThat(first.position().seq()).isEqualTo(1);
            assertThat(first.position().entryId()).startsWith(first.timestamp() + "-");
            assertThat(node.states).containsExactly("up");
            assertThat(node.resyncs).isEmpty();
        }
    }

    @Test
    void staysUpWhileNothingHappens() {
        long reads = node.layer.readerStats().reads();
        Await.until("three quiet reads", () -> node.layer.readerStats().reads() >= reads + 3);
        assertThat(node.states).containsExactly("up");
        assertThat(node.layer.readerStats().retries()).isZero();
    }

    @Test
    void saysHowLongAgoTheLastReadWas() {
        AtomicLong longest = new AtomicLong();
        Await.until("a read begins it anew", () -> {
            long since = node.layer.readerStats().sinceLastReadMillis();
            return since < longest.getAndAccumulate(since, Math::max);
        });
        redis.pause();
        long paused = node.layer.readerStats().sinceLastReadMillis();
        Await.until("it grows", () -> node.layer.readerStats().sinceLastReadMillis() > paused + 500);
        redis.resume();
    }

    @Test
    void missesNothingOfWhatRedisKeptOverACrash() {
        node.publish("1");
        node.awaitBodies("1");
        redis.kill();
        Await.until("down", () -> node.states.contains("down"));
        redis.start();
        node.publishSurely("2");
        node.awaitBodies("1", "2");
        assertThat(node.states).containsExactly("up", "down", "up");
        node.awaitResync("restarted");
        assertThat(node.replay(node.received().getFirst(), 10))
                .isInstanceOfSatisfying(
                        Replay.Contiguous.class,
                        contiguous -> assertThat(contiguous.publications())
                                .extracting(StoredPublication::position)
                                .containsExactly(node.received().getLast().position()));
    }

    @Test
    void goesOnWhereItWasWhenOnlyTheConnectionWasLost() {
        node.publish("1");
        node.awaitBodies("1");
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        Await.until("down", () -> node.states.contains("down"));
        node.publishSurely("2");
        node.awaitBodies("1", "2");
        assertThat(node.resyncs).isEmpty();
        assertThat(node.layer.readerStats().retries()).isPositive();
    }

    @Test
    void catchesUpAfterRedisWasSilent() {
        node.publish("1");
        redis.pause();
        Await.until("down", () -> node.states.contains("down"));
        redis.resume();
        node.publishSurely("2");
        node.awaitBodies("1", "2");
        assertThat(node.resyncs).isEmpty();
    }

    @Test
    void noticesAFlushInAQuietRoom() {
        node.publish("1");
        node.awaitBodies("1");
        redis.flush();
        node.awaitResync("flushed");
        assertThat(node.replay(node.received().getFirst(), 10))
                .isInstanceOfSatisfying(
                        Replay.Gap.class, gap -> assertThat(gap.reason()).isEqualTo(GapReason.EPOCH));
        node.publish("2");
        node.awaitBodies("1", "2");
        assertThat(node.received().getLast().position().seq()).isEqualTo(1);
        assertThat(node.received().getLast().position().epoch())
                .isNotEqualTo(node.received().getFirst().position().epoch());
        assertThat(node.resyncs).containsExactly("flushed");
    }

    @Test
    void noticesThatTheLogWasTrimmedPastItWhileItWasAway() throws Exception {
        node.publish("1");
        node.awaitBodies("1");
        try (Held held = new Held(node.layer.executor())) {
            redis.command("CLIENT", "KILL", "TYPE", "normal");
            redis.command("XADD", log(), "*", "k", "x", "n", "lobby");
            redis.command("XADD", log(), "*", "k", "x", "n", "lobby");
            redis.command("XTRIM", log(), "MAXLEN", "1");
            assertThat(node.states).containsExactly("up");
        }
        node.awaitResync("trimmed");
        node.publishSurely("2");
        node.awaitBodies("1", "2");
        assertThat(node.states).containsExactly("up", "down", "up");
        assertThat(node.resyncs).containsExactly("trimmed");
    }

    @Test
    void noticesThatTheLogWasTrimmedPastItWhileItWasSlow() throws Exception {
        node.publish("1");
        node.awaitBodies("1");
        String[] script = {
            "EVAL",
            "for i = 1, 300 do redis.call('XADD', KEYS[1], 'MAXLEN', '100', '*', 'k', 'x', 'n', 'a') end",
            "1",
            log()
        };
        try (Held held = new Held(node.layer.executor())) {
            redis.command(script);
            redis.command(script);
        }
        node.awaitResync("trimmed");
        node.publish("2");
        node.awaitBodies("1", "2");
        assertThat(node.layer.readerStats().malformed()).isPositive();
    }

    @Test
    void readsABurstWholeAndInOrder() {
        IntStream.range(0, 2_000)
                .mapToObj(Integer::toString)
                .forEach(i ->
                        node.layer.publish("lobby", Publication.of(null, i)).subscribe());
        Await.until(
                "2000 received, has " + node.bodies().size(),
                Duration.ofSeconds(30),
                () -> node.bodies().size() == 2_000);
        assertThat(node.received())
                .extracting(stored -> stored.position().seq())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 2_000).mapToObj(i -> (long) i).toList());
        assertThat(node.bodies())
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_000).mapToObj(Integer::toString).toList());
        assertThat(node.resyncs).isEmpty();
    }

    @Test
    void outlivesEntriesThatNobodyOfOursHasWritten() {
        redis.command("XADD", log(), "*", "hello", "world");
        xadd("k", "p", "n", "lobby", "x", "1", "i", "x");
        xadd("k", "p", "n", "lobby", "x", "2", "i", "x", "e", "", "s", "NaN", "u", "", "c", "", "d", "", "a", "");
        xadd("k", "c", "n", "nobody", "x", "3", "t", "", "d", "");
        node.publish("1");
        node.awaitBodies("1");
        assertThat(node.layer.readerStats().malformed()).isEqualTo(3);
        assertThat(node.states).containsExactly("up");
    }

    private void xadd(String... fields) {
        List<String> command = new ArrayList<>(List.of("XADD", log(), "*"));
        command.addAll(List.of(fields));
        redis.command(command.toArray(String[]::new));
    }

    @Test
    void passesOverKindsAndFieldsOfANewerVersion() {
        xadd("k", "future", "n", "lobby", "x", "1", "any", "thing");
        xadd("k", "z", "n", "lobby", "x", "2");
        xadd(
                "k", "p", "n", "lobby", "x", "3", "i", "1-1", "e", "E", "s", "1", "u", "ann", "c", "", "d", "1", "a",
                "", "z", "new");
        node.awaitBodies("1");
        assertThat(node.layer.readerStats().malformed()).isZero();
        assertThat(node.received().getFirst().publication().user()).isEqualTo("ann");
    }

    @Test
    void tellsOfWhatHasAPlaceAndNoContent() {
        xadd("k", "p", "n", "lobby", "x", "1", "i", "1-1", "e", "E", "s", "1", "u", "", "c", "", "d", "hello", "a", "");
        xadd("k", "p", "n", "lobby", "x", "2", "i", "1-2", "e", "E", "s", "2", "u", "", "c", "", "d", "2", "a", "");
        node.awaitBodies("null", "2");
        assertThat(node.received()).extracting(StoredPublication::isReadable).containsExactly(false, true);
    }

    @Test
    void noticesALogThatWasEmptiedBetweenTwoReads() throws Exception {
        node.publish("1");
        node.awaitBodies("1");
        try (Held held = new Held(node.layer.executor())) {
            redis.command("DEL", log());
            redis.command("EVAL", "redis.call('HINCRBY', KEYS[1], 'count', 1)", "1", log().replace(":log", ":life"));
        }
        node.awaitResync("trimmed");
    }

    @Test
    void receivesMessagesWrittenByAnyLanguage() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = node.layer.open(inbox)) {
            int partition = node.layer.partition(mailbox.channel());
            String[] entry = {
                "XADD",
                "ss:{p" + partition + "}:log",
                "*",
                "k",
                "c",
                "n",
                mailbox.channel(),
                "x",
                "1",
                "t",
                "x",
                "d",
                "hello"
            };
            redis.command(entry);
            assertThat(inbox.await(1)).containsExactly("hello");
            assertThat(mailbox.channel()).startsWith("test.");
        }
    }

    @Test
    void keepsLocalMembershipsOverAFlush() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = node.layer.open(inbox)) {
            node.layer.groupAdd("staff", mailbox.channel()).block();
            redis.flush();
            node.awaitResync("flushed");
            node.layer.groupSend("staff", new Message("x", "still")).block();
            assertThat(inbox.await(1)).containsExactly("still");
        }
    }

    @Test
    void holdsALeaseWhileItRuns() {
        Await.until("leased", () -> redis.command("GET", "ss:node:test") != null);
        assertThat((Long) redis.command("PTTL", "ss:node:test")).isBetween(1L, 30_000L);
        node.layer.close();
        Await.until("given back", () -> redis.command("GET", "ss:node:test") == null);
    }
}
