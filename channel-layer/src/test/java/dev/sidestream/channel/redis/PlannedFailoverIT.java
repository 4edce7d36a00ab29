package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisEndpoints.Kind;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.channel.testing.RedisSentinelForTests;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisURI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * {@code SENTINEL FAILOVER} while the master is well. The former master does not become a replica, which would end its
 * connections: whoever leaves it has heard the sentinels.
 */
class PlannedFailoverIT {

    private static final String NAME = "followed";

    private RedisSentinelForTests all;
    private Node node;

    @BeforeEach
    void start() {
        all = RedisSentinelForTests.create();
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        all.close();
    }

    private Node node() {
        RedisURI uri = new RedisURI();
        uri.setSentinelMasterId(RedisSentinelForTests.MASTER);
        uri.setClientName(NAME);
        all.sentinels().forEach(one -> uri.getSentinels().add(RedisURI.create(one.host(), one.port())));
        node = new Node(
                new RedisEndpoints(Kind.SENTINEL, List.of(uri), null), "lobby", ChannelLayerSettings.of("test"));
        return node;
    }

    /** Commands and the log lane: two connections at least. */
    private void awaitNoneOfOursAt(RedisForTests former) {
        Await.until("nobody is left at the former master", () -> connections(former) == 0);
        Await.until("both are at the new one", () -> connections(all.replica()) >= 2);
        assertThat(String.valueOf(former.command("ROLE"))).startsWith("[master");
    }

    private static long connections(RedisForTests server) {
        return String.valueOf(server.command("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains(" name=" + NAME + " "))
                .count();
    }

    private Object retained(RedisForTests server) {
        return server.command("XLEN", new String(new Keys(16).room("lobby"), UTF_8));
    }

    private void publishBeforeAndAfter(Runnable failover) {
        node.publish("1");
        node.awaitBodies("1");
        Await.until("replicated", () -> retained(all.replica()).equals(1L));
        failover.run();
        awaitNoneOfOursAt(all.primary());
        node.publishSurely("2");
        assertThat(retained(all.replica())).isEqualTo(2L);
        node.awaitBodies("1", "2");
    }

    @Test
    void isFollowedByCommandsAndLogAlike() {
        Logger lettuce = (Logger) LoggerFactory.getLogger(RedisChannelHandler.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        lettuce.addAppender(lines);
        try {
            node();
            publishBeforeAndAfter(() -> all.failOver(all.sentinels().getFirst()));
            assertThat(node.states).containsExactly("up", "down", "up");
            assertThat(lines.list)
                    .as("no connection is closed twice")
                    .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                    .isEmpty();
        } finally {
            lettuce.detachAppender(lines);
        }
    }

    @Test
    void isFollowedThoughTheFirstSentinelIsDown() {
        all.sentinels().getFirst().kill();
        node();
        publishBeforeAndAfter(() -> all.failOver(all.sentinels().getLast()));
    }

    @Test
    void isFollowedAfterTheSentinelsWereRestarted() {
        node();
        all.sentinels().forEach(RedisForTests::kill);
        all.sentinels().forEach(RedisForTests::start);
        publishBeforeAndAfter(() -> all.failOver(all.sentinels().getFirst()));
    }

    private void forbidToSubscribe() {
        all.sentinels().forEach(sentinel -> sentinel.command("ACL", "SETUSER", "default", "-subscribe"));
    }

    @Test
    void isFollowedWhenASentinelIsHeardOnlyAfterwards() {
        forbidToSubscribe();
        node();
        publishBeforeAndAfter(() -> {
            all.failOver(all.sentinels().getFirst());
            assertThat(connections(all.primary())).isGreaterThanOrEqualTo(2);
            all.sentinels().forEach(sentinel -> sentinel.command("ACL", "SETUSER", "default", "+subscribe"));
        });
    }

    @Test
    void aMasterThatWasDemotedIsLeftThoughNobodySaysSo() {
        forbidToSubscribe();
        node();
        node.publish("1");
        node.awaitBodies("1");
        Await.until("replicated", () -> retained(all.replica()).equals(1L));
        all.failOver(all.sentinels().getFirst());
        all.primary().command("ACL", "SETUSER", "default", "+replicaof");
        all.primary()
                .command(
                        "REPLICAOF",
                        all.replica().host(),
                        Integer.toString(all.replica().port()));
        Await.until("commands and log are at the new master", () -> connections(all.replica()) >= 2);
        node.publishSurely("2");
        assertThat(retained(all.replica())).isEqualTo(2L);
        node.awaitBodies("1", "2");
    }
}
