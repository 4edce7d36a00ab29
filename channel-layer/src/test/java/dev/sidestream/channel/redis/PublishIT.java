package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.RedisForTests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What publish.lua leaves in Redis, and how its failures are told apart. */
@EachRedis
class PublishIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private RedisForTests redis;
    private RedisLink link;
    private RedisChannelLayer layer;

    @BeforeEach
    void start() {
        redis = RedisForTests.create();
        link = RedisLink.to(
                RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.of(Duration.ofSeconds(2)));
        Await.until("connected", link::isUp);
        layer = layer(ChannelLayerSettings.of("n"));
    }

    private RedisChannelLayer layer(ChannelLayerSettings settings) {
        return new RedisChannelLayer(link, settings);
    }

    @AfterEach
    void stop() {
        layer.close();
        link.close();
        redis.close();
    }

    private Receipt publish(String json) {
        return layer.publish("lobby", Publication.of("alice", json)).block(PATIENCE);
    }

    private static String key(byte[] key) {
        return new String(key, UTF_8);
    }

    private static void assertFails(Mono<?> mono, Kind kind) {
        assertThatThrownBy(() -> mono.block(PATIENCE))
                .isInstanceOfSatisfying(
                        ChannelLayerException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    /** The contract with other languages: a change here breaks programs that we have never seen. */
    @Test
    void leavesExactlyTheDocumentedEntries() {
        Publication publication = new Publication("alice", "{\"a\": 1}".getBytes(UTF_8), "c1");
        Position at = layer.publish("caf\u00e9", publication).block(PATIENCE).position();
        String prefix = "ss:{p5}:";
        List<String> fields = List.of("e", at.epoch(), "s", "1", "u", "alice", "c", "c1", "d", "{\"a\": 1}");
        assertThat(redis.command("XRANGE", prefix + "room:caf%C3%A9", "-", "+"))
                .isEqualTo(List.of(List.of(at.entryId(), fields)));
        List<?> logged = (List<?>) ((List<?>) redis.command("XRANGE", prefix + "log", "-", "+")).getFirst();
        assertThat(logged.get(1))
                .isEqualTo(List.of(
                        "k",
                        "p",
                        "n",
                        "caf\u00e9",
                        "x",
                        "1",
                        "i",
                        at.entryId(),
                        "e",
                        at.epoch(),
                        "s",
                        "1",
                        "u",
                        "alice",
                        "c",
                        "c1",
                        "d",
                        "{\"a\": 1}",
                        "a",
                        ""));
        assertThat(redis.command("HGETALL", prefix + "life")).isEqualTo(List.of("count", "1"));
        assertThat(redis.command("GET", prefix + "cid:caf%C3%A9:alice:c1")).isEqualTo(at.id());
        assertThat(redis.command("HMGET", prefix + "meta:caf%C3%A9", "epoch", "seq"))
                .isEqualTo(List.of(at.epoch(), "1"));
        assertThat(redis.command("GET", "ss:partitions")).isEqualTo("16");
        assertThat(redis.command("DBSIZE")).isEqualTo(6L);
    }

    @Test
    void leavesTheDocumentedEntriesForMessagesAndMemberships() {
        layer.send("far.1", new Message("kick", "{}")).block(PATIENCE);
        layer.groupSend("staff", new Message("say", "hi")).block(PATIENCE);
        layer.groupAdd("staff", "far.1").block(PATIENCE);
        layer.groupDiscard("staff", "far.1").block(PATIENCE);
        assertThat(fields("far.1")).containsExactly(List.of("k", "c", "n", "far.1", "x", "1", "t", "kick", "d", "{}"));
        assertThat(fields("staff"))
                .containsExactly(
                        List.of("k", "g", "n", "staff", "x", "1", "t", "say", "d", "hi"),
                        List.of("k", "+", "n", "staff", "x", "2", "c", "far.1"),
                        List.of("k", "-", "n", "staff", "x", "3", "c", "far.1"));
    }

    private List<Object> fields(String name) {
        Keys keys = new Keys(16);
        String log = key(keys.log(keys.partition(name)));
        return ((List<?>) redis.command("XRANGE", log, "-", "+"))
                .stream().map(entry -> (Object) ((List<?>) entry).get(1)).toList();
    }

    @Test
    void keepsNoMoreThanItIsTold() {
        RedisChannelLayer few = layer(new ChannelLayerSettings(
                "n", 16, 3, Duration.ofHours(1), 1_000, Duration.ofMinutes(1), Duration.ofSeconds(1)));
        // More than the log may hold with what its approximate trimming leaves.
        Flux.range(0, 1_300)
                .flatMap(i -> few.publish("lobby", Publication.of(null, "1")), 256)
                .blockLast(PATIENCE);
        Keys keys = new Keys(16);
        assertThat(redis.command("XLEN", key(keys.room("lobby")))).isEqualTo(3L);
        assertThat((Long) redis.command("XLEN", key(keys.log(keys.partition("lobby")))))
                .isBetween(1_000L, 1_200L);
        long hour = Duration.ofHours(1).toMillis();
        for (byte[] key : List.of(keys.room("lobby"), keys.meta("lobby"))) {
            assertThat((Long) redis.command("PTTL", key(key))).isBetween(hour, hour + hour / 20);
        }
        few.close();
    }

    @Test
    void dropsOldPublicationsWhenTheRoomIsRenewed() {
        publish("1");
        Keys keys = new Keys(16);
        // As if the room had been renewed two hours ago, and the only publication were older than a day.
        redis.command("XADD", key(keys.room("aged")), "1000-0", "e", "x", "s", "1", "u", "", "c", "", "d", "0");
        redis.command("HSET", key(keys.meta("aged")), "epoch", "x", "seq", "1", "renewed", "1000");
        Position next =
                layer.publish("aged", Publication.of(null, "2")).block(PATIENCE).position();
        assertThat(next.epoch()).isEqualTo("x");
        assertThat(next.seq()).isEqualTo(2);
        assertThat(redis.command("XLEN", key(keys.room("aged")))).isEqualTo(1L);
    }

    @Test
    void trimsTheLogsByAge() {
        redis.command("XADD", "ss:{p3}:log", "1000-0", "k", "x", "n", "old");
        for (int i = 0; i < 200; i++) {
            redis.command("XADD", "ss:{p3}:log", "1001-" + i, "k", "x", "n", "old");
        }
        new Housekeeping(link, new Keys(16), ChannelLayerSettings.of("n"), new PartitionCount(link, 16)).trimLogs();
        Await.until("trimmed", () -> (Long) redis.command("XLEN", "ss:{p3}:log") < 200);
    }

    @Test
    void writesTheNumberOfPartitionsAgainAndStopsAtAnother() {
        PartitionCount agreement = new PartitionCount(link, 16);
        agreement.reach().join();
        redis.flush();
        agreement.renew();
        Await.until("written again", () -> "16".equals(redis.command("GET", "ss:partitions")));
        redis.command("SET", "ss:partitions", "8");
        agreement.renew();
        Await.until("stopped", () -> !agreement.isReached());
    }

    @Test
    void loadsTheScriptsWithEachConnection() {
        publish("1");
        redis.restart();
        Await.until("up", link::isUp);
        String sha = String.valueOf(redis.command(
                "SCRIPT", "LOAD", new String(new RedisScript(RedisChannelLayer.class, "publish.lua").text(), UTF_8)));
        redis.command("SCRIPT", "FLUSH");
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        Await.until("loaded again", () -> redis.command("SCRIPT", "EXISTS", sha).equals(List.of(1L)));
    }

    @Test
    void worksOnAfterTheScriptsAreFlushed() {
        publish("1");
        redis.command("SCRIPT", "FLUSH");
        assertThat(publish("2").position().seq()).isEqualTo(2);
    }

    @Test
    void saysStorageFullAndChangesNothingBeyondMaxmemory() {
        Position first = publish("1").position();
        redis.command("CONFIG", "SET", "maxmemory", "1");
        assertFails(layer.publish("lobby", Publication.of(null, "2")), Kind.STORAGE_FULL);
        assertFails(layer.send("channel", new Message("t", "b")), Kind.STORAGE_FULL);
        assertThat(layer.tail("lobby").block(PATIENCE)).isEqualTo(new RoomTail(first));
        redis.command("CONFIG", "SET", "maxmemory", "0");
        assertThat(publish("3").position().seq()).isEqualTo(2);
    }

    @Test
    void saysUnavailableForAReplica() {
        publish("1");
        redis.command("REPLICAOF", "127.0.0.1", "1");
        assertFails(layer.publish("lobby", Publication.of(null, "2")), Kind.UNAVAILABLE);
        redis.command("REPLICAOF", "NO", "ONE");
        Await.until("it takes publications again", () -> {
            try {
                return publish("3").position().seq() == 2;
            } catch (ChannelLayerException notYet) {
                return false;
            }
        });
    }

    @Test
    void saysUnavailableWhileRedisIsSilentAndWhileItIsAway() {
        publish("1");
        redis.pause();
        assertFails(layer.publish("lobby", Publication.of(null, "2")), Kind.UNAVAILABLE);
        redis.resume();
        redis.kill();
        assertFails(layer.publish("lobby", Publication.of(null, "2")), Kind.UNAVAILABLE);
    }

    @Test
    void saysInvalidForAForeignKeyAndLeavesNoHalf() {
        Keys keys = new Keys(16);
        String log = key(keys.log(keys.partition("lobby")));
        publish("1");
        redis.command("DEL", log);
        redis.command("SET", log, "foreign");
        assertFails(layer.publish("lobby", Publication.of(null, "2")), Kind.INVALID);
        assertThat(redis.command("XLEN", key(keys.room("lobby")))).isEqualTo(1L);
        redis.command("DEL", log);
        assertThat(publish("3").position().seq()).isEqualTo(2);
    }

    @Test
    void answersTheFirstPositionForACidThatTimedOut() {
        Publication publication = new Publication("alice", "1".getBytes(UTF_8), "c1");
        publish("0");
        redis.pause();
        assertFails(layer.publish("lobby", publication), Kind.UNAVAILABLE);
        redis.resume();
        Receipt[] receipt = new Receipt[1];
        Await.until("accepted", () -> {
            try {
                receipt[0] = layer.publish("lobby", publication).block(PATIENCE);
                return true;
            } catch (ChannelLayerException again) {
                return false;
            }
        });
        assertThat(receipt[0].position().seq()).isEqualTo(2);
        assertThat(redis.command("XLEN", key(new Keys(16).room("lobby")))).isEqualTo(2L);
    }
}
