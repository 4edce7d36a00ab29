package dev.sidestream.ws.connection.websocket;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.ws.connection.ConnectionMetrics;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.ConsumerProperties;
import dev.sidestream.ws.connection.EventLoops;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.limits.LimitsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all sockets share. */
@Configuration(proxyBeanMethods = false)
public class WebSocketConfiguration {

    @Bean
    ConnectionServices connectionServices(
            RedisChannelLayer layer,
            LimitsProperties limits,
            HeartbeatProperties heartbeat,
            ConsumerProperties consumer,
            ConnectionRegistry registry,
            EventLoops loops,
            ConnectionMetrics metrics) {
        return new ConnectionServices(layer, limits, heartbeat, consumer, registry, loops, metrics);
    }
}
