package dev.sidestream.ws.session.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.RedisEndpoints;
import dev.sidestream.channel.redis.RedisEndpoints.Kind;
import dev.sidestream.channel.redis.RedisLink;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisClusterForTests;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.session.SessionEnd;
import dev.sidestream.ws.session.SessionRef;
import dev.sidestream.ws.session.watch.SessionLifeProperties.Touch;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watch on Redis Cluster: one tracked connection for each master, through the move of a slot. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TrackerTopologyIT {

    private static final SessionLifeProperties SETTINGS =
            new SessionLifeProperties(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(5), Touch.OFF);

    /** Copies what a site wrote to a Redis of its own, as Spring Session's commands on the cluster would have. */
    private static List<String> sessions(RedisForTests source, RedisAdvancedClusterCommands<byte[], byte[]> target) {
        RedisClient client = RedisClient.create(RedisURI.create(source.host(), source.port()));
        try (SpringLoginSite site = new SpringLoginSite(source);
                var connection = client.connect(io.lettuce.core.codec.ByteArrayCodec.INSTANCE)) {
            RedisCommands<byte[], byte[]> from = connection.sync();
            return IntStream.range(0, 12)
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
