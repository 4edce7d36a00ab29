package dev.sidestream.ws.management;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.ws.room.Rooms;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health and the meters of the log. */
@Configuration(proxyBeanMethods = false)
public class ManagementConfiguration {

    @Bean
    LogHealthIndicator logHealthIndicator(Rooms rooms, RedisChannelLayer layer) {
        return new LogHealthIndicator(rooms, layer);
    }

    @Bean
    LogMetrics logMetrics(MeterRegistry meters, RedisChannelLayer layer) {
        return new LogMetrics(meters, layer);
    }
}
