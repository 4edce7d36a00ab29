package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.RedisForTests;
import java.time.Duration;
import java.util.ArrayList;
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

    private void assertGap(Replay replay, GapReason reason, String... bodies) {
        assertThat(replay).isInstanceOfSatisfying(Replay.Gap.class, gap -> {
            assertThat(gap.reason()).isEqualTo(reason);
            assertThat(bodies(gap.publications())).containsExactly(bodies);
            assertThat(gap.first())
                    .isEqualTo(
                            bodies.length == 0
                                    ? null
                                    : gap.publications().getFirst().position());
            assertThat(gap.tail())
                    .isEqualTo(
                            bodies.length == 0
                                    ? null
                                    : gap.publications().getLast().position());
        });
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
    }

    @Test
    void saysTrimmedForAPositionThatIsNoLongerRetained() {
        List<Position> at = publish(8);
        assertGap(replay(at.get(2), 10), GapReason.TRIMMED, "4", "5", "6", "7", "8");
        assertGap(replay(at.get(2), 2), GapReason.TRIMMED, "7", "8");
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
        for (Position position : List.of(future, otherEntry, otherSeq)) {
            assertGap(replay(position, 10), GapReason.DIVERGED, "1", "2", "3");
        }
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
        Position lost = new Position(epoch, 4, "9999999999999-0");
        assertThat(layer.renewEpoch("r", epoch).block(PATIENCE)).isTrue();
        assertThat(layer.renewEpoch("r", epoch).block(PATIENCE)).isFalse();
        assertThat(layer.renewEpoch("unborn", epoch).block(PATIENCE)).isFalse();
        Position first = publish("4");
        assertThat(first.epoch()).isNotEqualTo(epoch);
        assertThat(first.seq()).isEqualTo(1);
        assertContiguous(replay(at.get(1), 10), first, "3", "4");
        assertGap(replay(lost, 10), GapReason.DIVERGED, "1", "2", "3", "4");
        assertContiguous(replay(first, 10), first);
    }

    @Test
    void beginsANewLifeWhenOnlyTheMetaWasEvicted() {
        List<Position> at = publish(3);
        redis.command("DEL", new String(new Keys(16).meta("r"), UTF_8));
        assertGap(replay(at.get(1), 10), GapReason.EPOCH);
        Position first = publish("new");
        assertThat(first.seq()).isEqualTo(1);
        assertGap(replay(at.get(1), 10), GapReason.EPOCH, "new");
    }

    @Test
    void saysTrimmedWhenOnlyTheHistoryWasEvicted() {
        List<Position> at = publish(3);
        redis.command("DEL", new String(new Keys(16).room("r"), UTF_8));
        assertGap(replay(at.get(2), 10), GapReason.TRIMMED);
        Position next = publish("4");
        assertThat(next.seq()).isEqualTo(4);
        assertGap(replay(at.get(2), 10), GapReason.TRIMMED, "4");
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
        assertThat(wide.replay("large", first, 1_000).block(PATIENCE)).isInstanceOfSatisfying(Replay.Gap.class, gap -> {
            assertThat(gap.reason()).isEqualTo(GapReason.LIMIT);
            assertThat(gap.publications()).hasSize(64);
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
