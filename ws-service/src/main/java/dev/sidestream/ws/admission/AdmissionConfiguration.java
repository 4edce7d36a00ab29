package dev.sidestream.ws.admission;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.consumer.Routes;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.room.Rooms;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may come in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OriginProperties.class, ProxyProperties.class})
public class AdmissionConfiguration {

    @Bean
    OriginPolicy originPolicy(OriginProperties settings) {
        return new OriginPolicy(settings);
    }

    @Bean
    CheckFailures checkFailures() {
        return new CheckFailures();
    }

    @Bean
    HandshakeMetrics handshakeMetrics(MeterRegistry meters) {
        return new HandshakeMetrics(meters);
    }

    @Bean
    Admissions admissions(
            DrainState drain,
            OriginPolicy origins,
            ProxyProperties proxies,
            Routes routes,
            SessionAuthenticator sessions,
            ConnectionRegistry registry,
            LimitsProperties limits,
            HandshakeMetrics metrics,
            CheckFailures failures,
            Rooms rooms,
            RedisChannelLayer layer) {
        return new Admissions(
                drain,
                origins,
                routes,
                new ClientAddresses(proxies),
                sessions,
                registry,
                limits,
                metrics,
                failures,
                room -> room == null ? layer.readerStats().reading() : rooms.hears(room));
    }
}
