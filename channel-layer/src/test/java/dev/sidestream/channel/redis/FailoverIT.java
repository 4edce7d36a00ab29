package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A primary dies with publications that its replica never had, and the replica takes its place. */
class FailoverIT {

    @Test
    void tellsEverybodyWhoSawWhatTheNewPrimaryNeverHad() {
        try (RedisForTests primary = RedisForTests.process();
                RedisForTests replica =
                        RedisForTests.process("--replicaof", "127.0.0.1", Integer.toString(primary.port()));
                Node before = new Node(primary, "lobby")) {
            before.publish("1");
            before.publish("2");
            Await.until("replicated", () -> replicationIsComplete(primary, replica));
            // Cut off from its primary and promoted, as the side of a partition that the sentinels are on.
            replica.command("REPLICAOF", "NO", "ONE");
            before.publish("3");
            before.publish("4");
            before.awaitBodies("1", "2", "3", "4");
            List<StoredPublication> seen = before.received();
            primary.kill();
            try (Node after = new Node(replica, "lobby")) {
                assertReason(after.replay(seen.get(3), 10), GapReason.DIVERGED, "1", "2");
                after.publish("x");
                after.publish("y");
                after.publish("z");
                after.awaitBodies("x", "y", "z");
                assertThat(after.received().getFirst().position().seq())
                        .as("seq is given again, so it proves nothing alone")
                        .isEqualTo(3);
                assertReason(after.replay(seen.get(3), 10), GapReason.DIVERGED, "1", "2", "x", "y", "z");
                assertReason(after.replay(seen.get(2), 10), GapReason.DIVERGED, "1", "2", "x", "y", "z");
                assertThat(after.replay(seen.get(1), 10))
                        .isInstanceOfSatisfying(
                                Replay.Contiguous.class,
                                contiguous -> assertThat(contiguous.publications().stream()
                                                .map(Node::body)
                                                .toList())
                                        .containsExactly("x", "y", "z"));
            }
        }
    }

    private static void assertReason(Replay replay, GapReason reason, String... bodies) {
        assertThat(replay).isInstanceOfSatisfying(Replay.Gap.class, gap -> {
            assertThat(gap.reason()).isEqualTo(reason);
            assertThat(gap.publications().stream().map(Node::body).toList()).containsExactly(bodies);
        });
    }

    private static boolean replicationIsComplete(RedisForTests primary, RedisForTests replica) {
        return primary.command("DBSIZE").equals(replica.command("DBSIZE"))
                && primary.command("XLEN", room()).equals(replica.command("XLEN", room()));
    }

    private static String room() {
        return new String(new Keys(16).room("lobby"), UTF_8);
    }
}
