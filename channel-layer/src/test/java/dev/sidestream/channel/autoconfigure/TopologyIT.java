package dev.sidestream.channel.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.log.LogListener;
import dev.sidestream.channel.redis.log.ResyncCause;
import dev.sidestream.channel.redis.log.RoomListener;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.Inbox;
import dev.sidestream.channel.testing.RedisClusterForTests;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.channel.testing.RedisSentinelForTests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A node on Sentinel and on Cluster, configured by nothing but {@code spring.data.redis.*}. */
class TopologyIT {

    private static ApplicationContextRunner runner(Map<String, String> properties) {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataRedisAutoConfiguration.class, ChannelLayerAutoConfiguration.class))
                .withUserConfiguration(Listening.class)
                .withPropertyValues(properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    @Test
    void worksOnAClusterAndFollowsASlotThatMoves() {
        try (RedisClusterForTests cluster = RedisClusterForTests.create()) {
            runner(cluster.properties()).run(context -> {
                ChannelLayer layer = context.getBean(ChannelLayer.class);
                Listening listening = context.getBean(Listening.class);
                assertThat(context.getBean(RedisLink.class).isCluster()).isTrue();
                assertThat(context.getBean(RedisLink.class).masters()).hasSize(3);
                Await.until(
                        "reading",
                        () -> context.getBean(RedisChannelLayer.class)
                                .readerStats()
                                .reading());
                List<String> rooms =
                        IntStream.range(0, 40).mapToObj(i -> "room" + i).toList();
                rooms.forEach(room -> publishSurely(layer, room, room));
                Await.until("all received, has " + listening.bodies, () -> listening.bodies.containsAll(rooms));
                assertThat(listening.bodies).hasSize(40);
                sendsAndGroups(layer);
                move(cluster, context.getBean(RedisChannelLayer.class).partition("room0"));
                publishSurely(layer, "room0", "moved");
                Await.until("received behind the move", () -> listening.bodies.contains("moved"));
            });
        }
    }

    private static void sendsAndGroups(ChannelLayer layer) {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            BlockingChannelLayer.on(layer).groupAdd("staff", mailbox.channel());
            BlockingChannelLayer.on(layer).groupSend("staff", new Message("x", "group"));
            BlockingChannelLayer.on(layer).send(mailbox.channel(), new Message("x", "direct"));
            assertThat(inbox.await(2)).containsExactlyInAnyOrder("group", "direct");
        }
    }

    private static void move(RedisClusterForTests cluster, int partition) {
        int slot = RedisLink.slot(("ss:{p" + partition + "}:log").getBytes(StandardCharsets.US_ASCII));
        int owner = 3 * slot / 16_384;
        RedisForTests from = cluster.nodes().get(owner);
        RedisForTests to = cluster.nodes().get((owner + 1) % 3);
        assertThat(from.command("EXISTS", "ss:{p" + partition + "}:log")).isEqualTo(1L);
        cluster.move(slot, from, to);
    }

    @Test
    void followsTheMasterThatTheSentinelsPromote() {
        try (RedisSentinelForTests all = RedisSentinelForTests.create()) {
            runner(all.properties()).run(context -> {
                ChannelLayer layer = context.getBean(ChannelLayer.class);
                Listening listening = context.getBean(Listening.class);
                Await.until(
                        "reading",
                        () -> context.getBean(RedisChannelLayer.class)
                                .readerStats()
                                .reading());
                publishSurely(layer, "lobby", "before");
                Await.until("replicated", () -> {
                    Object there = all.replica().command("DBSIZE");
                    return all.primary().command("DBSIZE").equals(there);
                });
                // Frozen, not dead: no connection is reset, so the layer must find out by itself.
                all.primary().pause();
                publishSurely(layer, "lobby", "after");
                Await.until("received from the new master", () -> listening.bodies.contains("after"));
                assertThat(listening.causes).contains("restarted");
                assertThat(String.valueOf(all.replica().command("ROLE"))).startsWith("[master");
                all.primary().resume();
            });
        }
    }

    private static void publishSurely(ChannelLayer layer, String room, String body) {
        Publication publication =
                new Publication(null, ("\"" + body + "\"").getBytes(StandardCharsets.UTF_8), "c-" + body);
        Await.until("published " + body, Duration.ofSeconds(60), () -> {
            try {
                layer.publish(room, publication).block(Duration.ofSeconds(10));
                return true;
            } catch (RuntimeException tryAgain) {
                return false;
            }
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening implements LogListener {

        final List<String> bodies = new CopyOnWriteArrayList<>();
        final List<String> states = new CopyOnWriteArrayList<>();
        final List<String> causes = new CopyOnWriteArrayList<>();

        @Bean
        Object listenToTheLog(RedisChannelLayer layer) {
            layer.listen(this);
            return new Object();
        }

        @Override
        public @Nullable RoomListener room(String room) {
            return stored -> {
                String json = new String(stored.publication().json(), StandardCharsets.UTF_8);
                String body = json.substring(1, json.length() - 1);
                if (!bodies.contains(body)) {
                    bodies.add(body);
                }
            };
        }

        @Override
        public void resync(IntPredicate partitions, ResyncCause cause) {
            causes.add(cause.wireName());
        }

        @Override
        public void up(IntPredicate read) {
            states.add("up");
        }

        @Override
        public void down(IntPredicate read) {
            states.add("down");
        }
    }
}
