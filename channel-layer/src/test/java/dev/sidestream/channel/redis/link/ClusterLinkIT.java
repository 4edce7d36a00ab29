package dev.sidestream.channel.redis.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisClusterForTests;
import dev.sidestream.channel.testing.RedisForTests;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands of a Cluster are promised, whatever the version of Lettuce is. */
class ClusterLinkIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private RedisClusterForTests cluster;

    @BeforeEach
    void start() {
        cluster = RedisClusterForTests.create();
    }

    @AfterEach
    void stop() {
        cluster.nodes().forEach(RedisForTests::resume);
        cluster.close();
    }

    private RedisLink link(RedisLinkOptions options) {
        List<RedisURI> seeds = cluster.nodes().stream()
                .map(node -> RedisURI.create(node.host(), node.port()))
                .toList();
        RedisLink link = RedisLink.to(new RedisEndpoints(RedisEndpoints.Kind.CLUSTER, seeds, null), options);
        Await.until("connected", link::isUp);
        return link;
    }

    /** A key that lives on one of the three masters, which serve a third of the slots each. */
    private static byte[] keyOn(int master) {
        for (int i = 0; ; i++) {
            byte[] key = ("key" + i).getBytes(UTF_8);
            if (3 * RedisLink.slot(key) / 16_384 == master) {
                return key;
            }
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Test
    void servesTheFirstCommandForEachMaster() throws Exception {
        try (RedisLink link = link(RedisLinkOptions.of(TIMEOUT))) {
            for (int master = 0; master < 3; master++) {
                assertThat(get(link.commands().set(keyOn(master), keyOn(master))))
                        .isEqualTo("OK");
            }
        }
    }

    @Test
    void refusesCommandsForANodeThatIsNotConnected() {
        cluster.nodes().get(2).pause();
        try (RedisLink link = link(RedisLinkOptions.of(TIMEOUT))) {
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> get(link.commands().incr(keyOn(2)))).hasMessageContaining("not connected");
            }
            cluster.nodes().get(2).resume();
            Await.until("it is served", () -> succeeds(link.commands().incr(keyOn(2))));
            assertThat(cluster.nodes().get(2).command("GET", new String(keyOn(2), UTF_8)))
                    .as("nothing that was refused has run")
                    .isEqualTo("1");
        }
    }

    private static boolean succeeds(Future<?> command) {
        try {
            get(command);
            return true;
        } catch (Exception tryAgain) {
            return false;
        }
    }

    @Test
    void refusesMoreThanTheBoundOnAllNodesTogether() {
        try (RedisLink link = link(new RedisLinkOptions(TIMEOUT, 10))) {
            cluster.nodes().forEach(RedisForTests::pause);
            List<Future<Long>> sent = new ArrayList<>();
            // Many more than the bound: a server may still answer a few while it is being stopped.
            for (int i = 0; i < 50; i++) {
                sent.add(link.commands().incr(keyOn(i % 3)));
            }
            assertThatThrownBy(() -> get(sent.getLast())).hasMessageContaining("More than 10 commands are under way");
            assertThatThrownBy(() -> get(sent.getFirst())).hasMessageContaining("timed out");
            cluster.nodes().forEach(RedisForTests::resume);
            Await.until("it serves again", () -> succeeds(link.commands().incr(keyOn(0))));
        }
    }
}
