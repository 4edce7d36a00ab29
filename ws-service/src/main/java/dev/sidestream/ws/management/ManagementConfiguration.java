package dev.sidestream.ws.management;

import dev.sidestream.channel.redis.RedisChannelLayer;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health and the meters of the log. */
@Configuration(proxyBeanMethods = false)
public class ManagementConfiguration {

    @Bean
    LogHealthIndicator logHealthIndicator(RedisChannelLayer layer) {
        return new LogHealthIndicator(layer);
    }

    @Bean
    LogMetrics logMetrics(MeterRegistry meters, RedisChannelLayer layer) {
        return new LogMetrics(meters, layer);
    }
}
