package dev.sidestream.channel.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.memory.InMemoryChannelLayer;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@ExtendWith(OutputCaptureExtension.class)
class ChannelLayerAutoConfigurationIT {

    private final RedisForTests redis = RedisForTests.shared();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataRedisAutoConfiguration.class, ChannelLayerAutoConfiguration.class))
            .withPropertyValues("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port());

    @BeforeEach
    void flush() {
        redis.flush();
    }

    @Test
    void publishesFromAnApplicationThatOnlySends() {
        runner.run(context -> {
            ChannelLayer layer = context.getBean(ChannelLayer.class);
            assertThat(BlockingChannelLayer.on(layer)
                            .publish("lobby", Publication.of("site", "\"hi\""))
                            .position()
                            .seq())
                    .isEqualTo(1);
            assertThat(context.getBean(RedisChannelLayer.class).readerStats().reads())
                    .isZero();
            assertThat(redis.command("KEYS", "ss:node:*").toString()).isEqualTo("[]");
        });
    }

    @Test
    void leavesTheConnectionFactoryOfTheApplicationAlone() {
        runner.run(context -> {
            LettuceConnectionFactory factory = context.getBean(LettuceConnectionFactory.class);
            assertThat(factory.getClientConfiguration().getClientOptions())
                    .hasValueSatisfying(
                            options -> assertThat(options.isAutoReconnect()).isTrue());
            assertThat(context.getBean(RedisLink.class).isCluster()).isFalse();
        });
    }

    @Test
    void stepsAsideForALayerOfTheApplication() {
        runner.withBean(InMemoryChannelLayer.class, InMemoryChannelLayer::new)
                .run(context -> assertThat(context)
                        .hasSingleBean(ChannelLayer.class)
                        .doesNotHaveBean(ChannelLayerStarter.class));
    }

    @Test
    void refusesToStartWithAnotherNumberOfPartitions() {
        runner.run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("sidestream.channel-layer.partitions=8")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("sidestream.channel-layer.partitions is 8")
                        .hasMessageContaining("Set it to 16"));
    }

    @Test
    void namesTheSettingThatIsWrong() {
        runner.withPropertyValues("sidestream.channel-layer.history-length=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("sidestream.channel-layer.history-length is 0, it must be 1 to 100000"));
        runner.withPropertyValues("sidestream.node.id=a b")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("sidestream.node.id is a b"));
    }

    @Test
    void warnsOfARedisThatEvicts(CapturedOutput output) {
        try (RedisForTests evicting = RedisForTests.create("--maxmemory-policy", "allkeys-lru")) {
            runner.withPropertyValues("spring.data.redis.port=" + evicting.port())
                    .run(context -> Await.until(
                            "the warning names the setting",
                            () -> output.getOut().contains("Set its maxmemory-policy to noeviction")));
        }
    }

    @Test
    void startsWithoutRedis() {
        RedisForTests own = RedisForTests.create();
        try (own) {
            own.kill();
            runner.withPropertyValues("spring.data.redis.port=" + own.port()).run(context -> {
                assertThat(context).hasNotFailed();
                ChannelLayer layer = context.getBean(ChannelLayer.class);
                own.start();
                Await.until("Redis is found", context.getBean(RedisLink.class)::isUp);
                assertThat(BlockingChannelLayer.on(layer)
                                .publish("lobby", Publication.of(null, "1"))
                                .duplicate())
                        .isFalse();
            });
        }
    }
}
