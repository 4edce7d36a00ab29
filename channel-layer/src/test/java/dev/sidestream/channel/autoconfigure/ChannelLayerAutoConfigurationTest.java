package dev.sidestream.channel.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.memory.InMemoryChannelLayer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application of Spring Boot that has not got all that the layer on Redis takes. */
class ChannelLayerAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ChannelLayerAutoConfiguration.class));

    @Test
    void makesNoLayerWithoutSpringDataRedis() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.data.redis"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChannelLayer.class));
    }

    @Test
    void makesNoLayerWhereNoRedisIsConfigured() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChannelLayer.class));
    }

    @Test
    void leavesALayerOfTheApplicationAloneWithoutSpringDataRedis() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.data.redis"))
                .withBean(InMemoryChannelLayer.class, InMemoryChannelLayer::new)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ChannelLayer.class));
    }
}
