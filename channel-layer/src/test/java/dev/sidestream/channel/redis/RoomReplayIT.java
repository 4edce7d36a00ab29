package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.channel.redis.log.EntryId;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.RedisForTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is proved of a room after a position, and what is not. */
@EachRedis
class RoomReplayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private RedisForTests redis;
    private RedisLink link;
    private RedisChannelLayer layer;

    @BeforeEach
    void start() {
        redis = RedisForTests.shared();
        redis.flush();
        link = RedisLink.to(RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.defaults());
        Await.until("connected", link::isUp);
        ChannelLayerSettings few = new ChannelLayerSettings(
                "n", 16, 5, Duration.ofHours(24), 1_000, Duration.ofMinutes(10), Duration.ofMinutes(10));
        layer = new RedisChannelLayer(link, few);
    }

    @AfterEach
    void stop() {
        layer.close();
        link.close();
    }

    private Position publish(String json) {
        return layer.publish("r", Publication.of(null, json)).block(PATIENCE).position();
    }

    private List<Position> publish(int count) {
        List<Position> positions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            positions.add(publish(Integer.toString(i)));
        }
        return positions;
    }

    private Replay replay(Position since, int limit) {
        return layer.replay("r", since, limit).block(PATIENCE);
    }

    private static List<String> bodies(List<StoredPublication> publications) {
        return publications.stream()
                .map(stored -> new String(stored.publication().json(), UTF_8))
                .toList();
    }

    private void assertContiguous(Replay replay, Position tail, String... bodies) {
        assertThat(replay).isInstanceOfSatisfying(Replay.Contiguous.class, contiguous -> {
            assertThat(bodies(contiguous.publications())).containsExactly(bodies);
            assertThat(contiguous.tail()).isEqualTo(tail);
        });
    }

    private Replay.Gap assertGap(Replay replay, GapReason reason, String... bodies) {
        assertThat(replay).isInstanceOf(Replay.Gap.class);
        Replay.Gap gap = (Replay.Gap) replay;
        assertThat(gap.reason()).isEqualTo(reason);
        List<StoredPublication> behind = new ArrayList<>(gap.older());
        // Nobody is told twice: what follows the gap follows the position that it gives.
        assertThat(replay(gap.next(), 0)).isInstanceOfSatisfying(Replay.Contiguous.class, rest -> {
            behind.addAll(rest.publications());
            assertThat(gap.left()).isEqualTo(rest.publications().size() + rest.left());
        });
        assertThat(bodies(behind)).containsExactly(bodies);
        assertThat(gap.first())
                .isEqualTo(behind.isEmpty() ? null : behind.getFirst().position());
        return gap;
    }

    @Test
    void provesWhatFollowsARetainedPosition() {
        List<Position> at = publish(4);
        assertContiguous(replay(at.get(0), 10), at.get(3), "2", "3", "4");
        assertContiguous(replay(at.get(0), 3), at.get(3), "2", "3", "4");
        assertContiguous(replay(at.get(3), 10), at.get(3));
    }

    @Test
    void saysLimitWhenMoreFollows() {
        List<Position> at = publish(5);
        assertGap(replay(at.get(0), 3), GapReason.LIMIT, "3", "4", "5");
        assertContiguous(replay(at.get(0), 0), at.get(4), "2", "3", "4", "5");
    }

    @Test
    void saysTrimmedForAPositionThatIsNoLongerRetained() {
        List<Position> at = publish(8);
        assertGap(replay(at.get(1), 10), GapReason.TRIMMED, "4", "5", "6", "7", "8");
        assertContiguous(replay(at.get(2), 10), at.get(7), "4", "5", "6", "7", "8");
        assertContiguous(replay(at.get(3), 10), at.get(7), "5", "6", "7", "8");
    }

    @Test
    void saysEpochForAnotherLifeOfTheRoomAndForNone() {
        Position old = publish("1");
        redis.flush();
        assertGap(replay(old, 10), GapReason.EPOCH);
        Position reborn = publish("2");
        assertThat(reborn.seq()).isEqualTo(1);
        assertThat(reborn.epoch()).isNotEqualTo(old.epoch());
        assertGap(replay(old, 10), GapReason.EPOCH, "2");
    }

    @Test
    void saysDivergedForWhatRedisNeverHad() {
        List<Position> at = publish(3);
        Position last = at.get(2);
        Position future = new Position(last.epoch(), 999, "9999999999999-0");
        Position otherEntry = new Position(last.epoch(), 2, "1-1");
        Position otherSeq = new Position(last.epoch(), 2, last.entryId());
        assertGap(replay(future, 10), GapReason.DIVERGED);
        assertGap(replay(otherEntry, 10), GapReason.DIVERGED, "1", "2", "3");
        assertGap(replay(otherSeq, 10), GapReason.DIVERGED);
        Position otherEpoch = new Position("abc", 3, last.entryId());
        assertGap(replay(otherEpoch, 10), GapReason.EPOCH, "1", "2", "3");
        assertThat(publish("4").epoch())
                .as("no claim of a client changes the epoch")
                .isEqualTo(last.epoch());
    }

    @Test
    void beginsANewEpochOnceAndKeepsWhatIsThere() {
        List<Position> at = publish(3);
        String epoch = at.get(0).epoch();
        Position lost = new Position(epoch, 4, EntryId.before("9999999999999-0"));
        assertThat(layer.lost("r", at.get(2)).block(PATIENCE)).as("it is there").isFalse();
        assertThat(layer.lost("r", lost).block(PATIENCE)).isTrue();
        assertThat(layer.lost("r", lost).block(PATIENCE)).isFalse();
        assertThat(layer.lost("unborn", lost).block(PATIENCE)).isFalse();
        assertGap(replay(lost, 10), GapReason.LOST);
        assertGap(replay(at.get(2), 10), GapReason.LOST);
        assertThat(layer.tail("r").block(PATIENCE).last().seq()).isZero();
        assertThat(layer.last("r", 10).block(PATIENCE).tail())
                .isEqualTo(layer.tail("r").block(PATIENCE).last());
        Position first = publish("4");
        assertThat(first.epoch()).isNotEqualTo(epoch);
        assertThat(first.seq()).isEqualTo(1);
        assertThat(replay(at.get(1), 10)).isInstanceOfSatisfying(Replay.Contiguous.class, before -> {
            assertThat(bodies(before.publications())).containsExactly("3");
            assertThat(before.left()).as("the gap stands behind it").isPositive();
        });
        assertGap(replay(at.get(2), 10), GapReason.LOST, "4");
        assertContiguous(replay(first, 10), first);
    }

    @Test
    void aNumberThatWasGivenAgainIsALoss() {
        List<Position> at = publish(3);
        Position lost =
                new Position(at.get(2).epoch(), 3, EntryId.before(at.get(2).entryId()));
        assertThat(layer.lost("r", lost).block(PATIENCE)).isTrue();
    }

    @Test
    void whatGrewOldIsNotLost() {
        List<Position> at = publish(8);
        assertThat(layer.lost("r", at.get(0)).block(PATIENCE)).isFalse();
        redis.command("XDEL", room(), at.get(5).entryId());
        assertThat(layer.lost("r", at.get(5)).block(PATIENCE)).isFalse();
    }

    @Test
    void aHoleInTheHistoryIsAGapAndItsEdgesAreNone() {
        List<Position> at = publish(5);
        redis.command("XDEL", room(), at.get(2).entryId());
        assertThat(replay(at.get(0), 10)).isInstanceOfSatisfying(Replay.Contiguous.class, before -> {
            assertThat(bodies(before.publications())).containsExactly("2");
            assertThat(before.left()).isEqualTo(3);
        });
        assertGap(replay(at.get(1), 10), GapReason.TRIMMED, "4", "5");
        assertContiguous(replay(at.get(2), 10), at.get(4), "4", "5");
        redis.command("XDEL", room(), at.get(4).entryId());
        assertGap(replay(at.get(3), 10), GapReason.TRIMMED);
        assertContiguous(replay(at.get(4), 10), at.get(4));
    }

    private static String room() {
        return new String(new Keys(16).room("r"), UTF_8);
    }

    @Test
    void passesOverWhatOthersPutIntoTheHistory() {
        List<Position> at = publish(2);
        redis.command("XADD", room(), "*", "hello", "world");
        redis.command("XADD", room(), "*", "e", at.get(0).epoch(), "s", "NaN", "d", "1");
        Position last = publish("3");
        assertContiguous(replay(at.get(0), 10), last, "2", "3");
        assertThat(bodies(layer.last("r", 10).block(PATIENCE).publications())).containsExactly("1", "2", "3");
        assertThat(bodies(
                        layer.history("r", at.get(0), null, 10).block(PATIENCE).publications()))
                .containsExactly("2", "3");
    }

    @Test
    void keepsThePlaceOfWhatCannotBeDelivered() {
        List<Position> at = publish(1);
        String epoch = at.get(0).epoch();
        redis.command("XADD", room(), "*", "d", "\"a\",\"user\":\"admin\"", "s", "2", "e", epoch, "z", "new");
        redis.command("HSET", new String(new Keys(16).meta("r"), UTF_8), "seq", "2");
        Position last = publish("3");
        assertThat(replay(at.get(0), 10)).isInstanceOfSatisfying(Replay.Contiguous.class, whole -> {
            assertThat(whole.publications())
                    .extracting(StoredPublication::isReadable)
                    .containsExactly(false, true);
            assertThat(whole.tail()).isEqualTo(last);
        });
        assertThat(bodies(layer.history("r", null, null, 10).block(PATIENCE).publications()))
                .containsExactly("1", "3");
    }

    @Test
    void refusesWhatNoNodeCouldDeliver() {
        for (String data : List.of("", "x".repeat(65_537))) {
            assertThatThrownBy(() -> publishByScript(data, "")).hasMessageContaining("INVALID");
        }
        assertThatThrownBy(() -> publishByScript("1", "c".repeat(65))).hasMessageContaining("INVALID");
        assertThat(publishByScript("1", "é".repeat(64))).isInstanceOf(List.class);
        assertThatThrownBy(
                        () -> layer.publish("r", Publication.of(null, "hello")).block(PATIENCE))
                .isInstanceOfSatisfying(
                        ChannelLayerException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ChannelLayerException.Kind.INVALID));
        assertThat(bodies(layer.last("r", 10).block(PATIENCE).publications())).containsExactly("1");
    }

    private Object publishByScript(String data, String cid) {
        List<String> command = new ArrayList<>(List.of(
                "EVAL", new String(new RedisScript(RedisChannelLayer.class, "publish.lua").text(), UTF_8)));
        List<String> names = Arrays.stream(new Keys(16).publish("r", "site", cid))
                .map(key -> new String(key, UTF_8))
                .toList();
        command.add(Integer.toString(names.size()));
        command.addAll(names);
        command.addAll(List.of("r", "site", cid, data));
        return redis.command(command.toArray(String[]::new));
    }

    @Test
    void aForeignKeyConcernsItsOwnRoom() {
        Position last = publish("1");
        redis.command("SET", new String(new Keys(16).room("bad"), UTF_8), "foreign");
        assertThat(layer.tails(List.of("r", "bad")).block(PATIENCE)).isEqualTo(Map.of("r", new RoomTail(last)));
    }

    @Test
    void beginsANewLifeWhenOnlyTheMetaWasEvicted() {
        List<Position> at = publish(3);
        redis.command("DEL", new String(new Keys(16).meta("r"), UTF_8));
        assertThat(assertGap(replay(at.get(1), 10), GapReason.EPOCH).next().seq())
                .isZero();
        Position first = publish("0");
        assertThat(first.seq()).isEqualTo(1);
        assertGap(replay(at.get(1), 10), GapReason.EPOCH, "0");
    }

    @Test
    void saysTrimmedWhenOnlyTheHistoryWasEvicted() {
        List<Position> at = publish(3);
        redis.command("DEL", room());
        assertGap(replay(at.get(1), 10), GapReason.TRIMMED);
        assertContiguous(replay(at.get(2), 10), at.get(2));
        Position next = publish("4");
        assertThat(next.seq()).isEqualTo(4);
        assertContiguous(replay(at.get(2), 10), next, "4");
        assertGap(replay(at.get(1), 10), GapReason.TRIMMED, "4");
    }

    @Test
    void readsNoMoreBytesThanABoundAtOnce() {
        ChannelLayerSettings many = ChannelLayerSettings.of("n");
        RedisChannelLayer wide = new RedisChannelLayer(link, many);
        Publication large = Publication.of(null, "\"" + "x".repeat(64 * 1024 - 2) + "\"");
        Position first = wide.publish("large", large).block(PATIENCE).position();
        Position last = first;
        for (int i = 0; i < 70; i++) {
            last = wide.publish("large", large).block(PATIENCE).position();
        }
        Position end = last;
        assertThat(wide.replay("large", first, 1_000).block(PATIENCE))
                .isInstanceOfSatisfying(Replay.Contiguous.class, part -> {
                    assertThat(part.publications()).hasSize(64);
                    assertThat(part.left()).isEqualTo(6);
                    assertThat(wide.replay("large", part.tail(), 1_000).block(PATIENCE))
                            .isInstanceOfSatisfying(Replay.Contiguous.class, rest -> {
                                assertThat(rest.publications()).hasSize(6);
                                assertThat(rest.left()).isZero();
                                assertThat(rest.tail()).isEqualTo(end);
                            });
                });
        assertThat(wide.replay("large", first, 1_000, 1).block(PATIENCE))
                .isInstanceOfSatisfying(Replay.Contiguous.class, one -> {
                    assertThat(one.publications()).hasSize(1);
                    assertThat(one.left()).isEqualTo(69);
                });
        assertThat(wide.last("large", 1_000).block(PATIENCE).publications()).hasSize(64);
        assertThat(wide.last("large", 1_000).block(PATIENCE).tail()).isEqualTo(last);
        HistoryPage forward = wide.history("large", first, null, 1_000).block(PATIENCE);
        assertThat(forward.publications()).hasSize(64);
        assertThat(forward.more()).isTrue();
        HistoryPage backward = wide.history("large", null, null, 1_000).block(PATIENCE);
        assertThat(backward.publications().getLast().position()).isEqualTo(last);
        assertThat(backward.more()).isTrue();
        wide.close();
    }

    @Test
    void tellsTheEndOfRooms() {
        Position last = publish(3).get(2);
        assertThat(layer.tail("r").block(PATIENCE)).isEqualTo(new RoomTail(last));
        assertThat(layer.tail("unborn").block(PATIENCE)).isEqualTo(new RoomTail(null));
        Map<String, RoomTail> tails = layer.tails(List.of("r", "unborn")).block(PATIENCE);
        assertThat(tails).isEqualTo(Map.of("r", new RoomTail(last), "unborn", new RoomTail(null)));
        RecentHistory recent = layer.last("r", 2).block(PATIENCE);
        assertThat(bodies(recent.publications())).containsExactly("2", "3");
        assertThat(recent.tail()).isEqualTo(last);
        assertThat(layer.last("unborn", 2).block(PATIENCE)).isEqualTo(new RecentHistory(List.of(), null));
    }
}
