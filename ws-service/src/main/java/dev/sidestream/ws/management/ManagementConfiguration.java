package dev.sidestream.ws.management;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.sessions.store.SessionRedis;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health and the meters of the log. */
@Configuration(proxyBeanMethods = false)
public class ManagementConfiguration {

    @Bean
    LogHealthIndicator logHealthIndicator(RedisChannelLayer layer, RedisLink link) {
        return new LogHealthIndicator(layer, link);
    }

    @Bean
    SessionsHealthIndicator sessionsHealthIndicator(SessionRedis redis) {
        return new SessionsHealthIndicator(redis);
    }

    @Bean
    LogMetrics logMetrics(MeterRegistry meters, RedisChannelLayer layer) {
        return new LogMetrics(meters, layer);
    }
}
