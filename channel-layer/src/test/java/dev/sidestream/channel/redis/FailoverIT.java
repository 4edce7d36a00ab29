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
                assertReason(after.replay(seen.get(3), 10), GapReason.DIVERGED);
                assertThat(after.layer.lost("lobby", seen.get(1).position()).block())
                        .as("what is there is not lost")
                        .isFalse();
                assertThat(after.layer.lost("lobby", seen.get(3).position()).block())
                        .isTrue();
                assertThat(after.layer.lost("lobby", seen.get(3).position()).block())
                        .as("told once")
                        .isFalse();
                Await.until("the node hears of it", () -> after.breaks.size() == 1);
                after.publish("7");
                after.publish("8");
                after.awaitBodies("7", "8");
                assertThat(after.received().getFirst().position().epoch())
                        .isNotEqualTo(seen.getFirst().position().epoch());
                assertThat(after.received().getFirst().position().seq()).isEqualTo(1);
                // Also for those who were away, and had nothing of what was lost.
                assertThat(after.replay(seen.get(0), 10)).isInstanceOfSatisfying(Replay.Contiguous.class, retained -> {
                    assertThat(retained.publications().stream().map(Node::body)).containsExactly("2");
                    assertThat(retained.left()).as("behind it stands the gap").isPositive();
                });
                for (StoredPublication had : seen.subList(1, 4)) {
                    assertReason(after.replay(had, 10), GapReason.LOST);
                }
            }
        }
    }

    private static void assertReason(Replay replay, GapReason reason) {
        assertThat(replay).isInstanceOfSatisfying(Replay.Gap.class, gap -> {
            assertThat(gap.reason()).isEqualTo(reason);
            assertThat(gap.older()).isEmpty();
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
