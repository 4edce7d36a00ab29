package dev.sidestream.ws.management;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.log.ReaderStats;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while Redis is reachable and every log is being read, which is what deliveries depend on. Part of readiness. */
public final class LogHealthIndicator implements HealthIndicator {

    /** A quiet log is read each second, so this long without an answer means that something is wrong. */
    private static final long STALE_MILLIS = 10_000;

    private final RedisChannelLayer layer;

    public LogHealthIndicator(RedisChannelLayer layer) {
        this.layer = layer;
    }

    @Override
    public Health health() {
        ReaderStats stats = layer.readerStats();
        boolean reading = stats.reading() && stats.sinceLastReadMillis() < STALE_MILLIS;
        return (reading ? Health.up() : Health.down())
                .withDetail("node", layer.node())
                .withDetail("sinceLastReadMillis", stats.sinceLastReadMillis())
                .build();
    }
}
