package dev.sidestream.ws.management;

import dev.sidestream.sessions.store.SessionRedis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up once the Redis with the sessions was reached, with its password and its certificate: before, every handshake is refused.
 * Stays up when that Redis goes away later, as another node would have no other. Part of readiness.
 */
public final class SessionsHealthIndicator implements HealthIndicator {

    private final SessionRedis redis;

    public SessionsHealthIndicator(SessionRedis redis) {
        this.redis = redis;
    }

    @Override
    public Health health() {
        return (redis.link().wasReached() ? Health.up() : Health.down())
                .withDetail("failedConnects", redis.link().failedConnects())
                .build();
    }
}
