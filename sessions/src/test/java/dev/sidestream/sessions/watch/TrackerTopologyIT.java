package dev.sidestream.sessions.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisEndpoints.Kind;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.HygieneChecks;
import dev.sidestream.channel.testing.RedisClusterForTests;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.channel.testing.RedisSentinelForTests;
import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.watch.SessionLifeProperties.Touch;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Reading and watching sessions behind Sentinel, over a failover, and on Redis Cluster: one tracked connection for each master,
 * through the move of a slot.
 */
@ExtendWith(HygieneChecks.class)
class TrackerTopologyIT {

    private static final SessionLifeProperties SETTINGS =
            new SessionLifeProperties(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(5), Touch.OFF);

    /** Copies what a site wrote to a Redis of its own, as Spring Session's commands on the cluster would have. */
    private static List<String> sessions(RedisForTests source, RedisAdvancedClusterCommands<byte[], byte[]> target) {
        RedisClient client = RedisClient.create(RedisURI.create(source.host(), source.port()));
        try (SpringLoginSite site = new SpringLoginSite(source);
                var connection = client.connect(io.lettuce.core.codec.ByteArrayCodec.INSTANCE)) {
            RedisCommands<byte[], byte[]> from = connection.sync();
            return IntStream.range(0, 60)
                    .mapToObj(i -> site.login("user" + i, Duration.ofMinutes(30)))
                    .peek(id -> {
                        byte[] key = SpringLoginSite.key(id).getBytes(StandardCharsets.UTF_8);
                        Map<byte[], byte[]> hash = from.hgetall(key);
                        target.hset(key, hash);
                        target.pexpire(key, from.pttl(key));
                    })
                    .toList();
        } finally {
            client.shutdown();
        }
    }

    @Test
    void behindSentinelALogoutIsHeardAlsoAfterAFailover() {
        try (RedisSentinelForTests all = RedisSentinelForTests.create();
                SpringLoginSite before = new SpringLoginSite(all.primary());
                WatchingNode node = new WatchingNode(sentinel(all), SETTINGS)) {
            String stays = before.login("alice", Duration.ofMinutes(30));
            SessionRef early = node.open(before.login("bob", Duration.ofMinutes(30)));
            SessionRef late = node.open(stays);
            node.awaitTracked();
            before.logout(early.key().substring(SpringLoginSite.key("").length()));
            assertThat(node.end(early)).isEqualTo(SessionEnd.LOGGED_OUT);
            node.tracker.unwatch(early);

            Await.until("the replica has it", () -> exists(all.replica(), late));
            all.primary().kill();
            Await.until(
                    "the replica is promoted",
                    () -> String.valueOf(all.replica().command("ROLE")).contains("master"));
            Await.until("it can be read there", () -> node.isLogin(stays));
            Await.until("sessions are tracked there", () -> node.tracker.isTracked() && node.tracker.untracked() == 0);
            assertThat(node.ends).containsOnlyKeys(early.key());
            try (SpringLoginSite after = new SpringLoginSite(all.replica())) {
                assertThat(node.handshake(stays).fingerprint()).isEqualTo(late.fingerprint());
                after.logout(stays);
                assertThat(node.end(late)).isEqualTo(SessionEnd.LOGGED_OUT);
            }
        }
    }

    @Test
    void behindSentinelALogoutIsHeardAlsoAfterAPlannedFailover() {
        try (RedisSentinelForTests all = RedisSentinelForTests.create();
                SpringLoginSite before = new SpringLoginSite(all.primary());
                WatchingNode node = new WatchingNode(sentinel(all), SETTINGS)) {
            String id = before.login("alice", Duration.ofMinutes(30));
            SessionRef session = node.open(id);
            node.awaitTracked();
            Await.until("the replica has it", () -> exists(all.replica(), session));
            all.failOver(all.sentinels().getFirst());
            try (SpringLoginSite after = new SpringLoginSite(all.replica())) {
                after.logout(id);
                assertThat(node.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
            }
        }
    }

    private static boolean exists(RedisForTests server, SessionRef session) {
        return server.command("EXISTS", session.key()).equals(1L);
    }

    private static RedisEndpoints sentinel(RedisSentinelForTests all) {
        RedisURI uri = new RedisURI();
        uri.setSentinelMasterId(RedisSentinelForTests.MASTER);
        all.sentinels().forEach(one -> uri.getSentinels().add(RedisURI.create(one.host(), one.port())));
        return new RedisEndpoints(Kind.SENTINEL, List.of(uri), null);
    }

    @Test
    void everyMastersSessionsAreWatchedAlsoAfterTheirSlotHasMoved() {
        try (RedisClusterForTests cluster = RedisClusterForTests.create();
                RedisForTests source = RedisForTests.process()) {
            List<RedisURI> seeds = cluster.nodes().stream()
                    .map(node -> RedisURI.create(node.host(), node.port()))
                    .toList();
            RedisClusterClient client = RedisClusterClient.create(seeds);
            try (var connection = client.connect(io.lettuce.core.codec.ByteArrayCodec.INSTANCE);
                    WatchingNode node = new WatchingNode(new RedisEndpoints(Kind.CLUSTER, seeds, null), SETTINGS)) {
                List<String> ids = sessions(source, connection.sync());
                List<SessionRef> open = ids.stream().map(node::open).toList();
                assertThat(open.stream()
                                .map(session ->
                                        RedisLink.slot(session.key().getBytes(StandardCharsets.UTF_8)) * 3 / 16_384)
                                .distinct())
                        .as("every master has some")
                        .hasSize(3);
                node.awaitTracked();
                Await.until("all are read", () -> node.tracker.untracked() == 0 && node.tracker.isTracked());

                SessionRef moving = open.getFirst();
                int slot = RedisLink.slot(moving.key().getBytes(StandardCharsets.UTF_8));
                RedisForTests from = cluster.nodes().get(slot * 3 / 16_384);
                RedisForTests to = cluster.nodes().get((slot * 3 / 16_384 + 1) % 3);
                cluster.move(slot, from, to);
                Await.until(
                        "it was seen to change",
                        () -> node.meters.counter("sidestream.sessions.changes").count() > 0);
                assertThat(node.ends).isEmpty();

                open.forEach(session -> connection.sync().del(session.key().getBytes(StandardCharsets.UTF_8)));
                assertThat(open).allMatch(session -> node.end(session) == SessionEnd.LOGGED_OUT);
            } finally {
                client.shutdown();
            }
        }
    }
}
