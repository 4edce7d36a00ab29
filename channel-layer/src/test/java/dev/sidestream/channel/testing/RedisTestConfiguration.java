package dev.sidestream.channel.testing;

import com.redis.testcontainers.RedisContainer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;

/**
 * The Redis of a Spring Boot test that puts it through no faults: a container that Spring Boot connects the application to, or
 * a process, as {@link RedisForTests#KIND} says. It lives as long as the application context.
 */
@TestConfiguration(proxyBeanMethods = false)
public class RedisTestConfiguration {

    @Bean
    @ServiceConnection
    @ConditionalOnProperty(name = RedisForTests.KIND, havingValue = "container")
    RedisContainer redisContainer() {
        return new RedisContainer(ContainerRedis.IMAGE);
    }

    @Bean
    @ConditionalOnProperty(name = RedisForTests.KIND, havingValue = "embedded", matchIfMissing = true)
    RedisForTests redisProcess() {
        return RedisForTests.create();
    }

    @Bean
    @ConditionalOnProperty(name = RedisForTests.KIND, havingValue = "embedded", matchIfMissing = true)
    DataRedisConnectionDetails redisProcessDetails(RedisForTests redis) {
        return new DataRedisConnectionDetails() {
            @Override
            public Standalone getStandalone() {
                return Standalone.of(redis.host(), redis.port());
            }
        };
    }
}
