package dev.sidestream.ws.connection;

import dev.sidestream.sessions.watch.SessionTracker;
import dev.sidestream.ws.limits.LimitsProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connections of this node and the event loops that they live on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HeartbeatProperties.class, ConsumerProperties.class})
public class ConnectionConfiguration {

    @Bean
    ConnectionRegistry connectionRegistry(LimitsProperties limits, SessionTracker watch) {
        return new ConnectionRegistry(limits.connectionsPerUser(), watch);
    }

    @Bean
    ConnectionMetrics connectionMetrics(MeterRegistry meters, ConnectionRegistry registry) {
        return new ConnectionMetrics(meters, registry);
    }

    @Bean
    EventLoops eventLoops(HeartbeatProperties heartbeat) {
        return new EventLoops(heartbeat);
    }
}
