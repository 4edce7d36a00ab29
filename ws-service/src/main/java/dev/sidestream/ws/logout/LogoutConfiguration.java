package dev.sidestream.ws.logout;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.sessions.watch.SessionTracker;
import dev.sidestream.ws.connection.ConnectionRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The end of logins. */
@Configuration(proxyBeanMethods = false)
public class LogoutConfiguration {

    @Bean
    SessionCloser sessionCloser(ConnectionRegistry registry, SessionTracker watch) {
        SessionCloser closer = new SessionCloser(registry);
        watch.listen(closer);
        return closer;
    }

    @Bean
    Revocations revocations(ConnectionRegistry registry, RedisChannelLayer layer, MeterRegistry meters) {
        return new Revocations(registry, layer, new RevocationMetrics(meters));
    }

    @Bean
    RevocationLifecycle revocationLifecycle(Revocations revocations) {
        return new RevocationLifecycle(revocations);
    }
}
