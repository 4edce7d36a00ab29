package dev.sidestream.ws.management;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.log.ReaderStats;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while Redis is reachable, every log is being read, which is what deliveries depend on, and messages can be accepted: down
 * once the server has been a replica for 10 s while its master lives. A full Redis is no reason, as reading goes on. Part of
 * readiness.
 */
public final class LogHealthIndicator implements HealthIndicator {

    /** A quiet log is read each second, so this long without an answer means that something is wrong. */
    private static final long STALE_MILLIS = 10_000;

    /** By then a failover is over and its master found. */
    private static final Duration REPLICA = Duration.ofSeconds(10);

    private final RedisChannelLayer layer;
    private final RedisLink link;

    public LogHealthIndicator(RedisChannelLayer layer, RedisLink link) {
        this.layer = layer;
        this.link = link;
    }

    @Override
    public Health health() {
        ReaderStats stats = layer.readerStats();
        boolean reading = stats.reading() && stats.sinceLastReadMillis() < STALE_MILLIS;
        Duration replica = link.replicaFor();
        return (reading && replica.compareTo(REPLICA) < 0 ? Health.up() : Health.down())
                .withDetail("node", layer.node())
                .withDetail("replicaSeconds", replica.toSeconds())
                .withDetail("sinceLastReadMillis", stats.sinceLastReadMillis())
                .build();
    }
}
