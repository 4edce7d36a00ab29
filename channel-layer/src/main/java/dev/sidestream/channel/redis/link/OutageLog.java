package dev.sidestream.channel.redis.link;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that Redis went away, that it is still away, and that it is back: once, each minute, and once, however often each is
 * noticed. Confined to one thread.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    private static final long REMINDER_NANOS = Duration.ofMinutes(1).toNanos();

    private final String server;
    private final LongSupplier clock;
    private boolean away;
    private boolean known;
    private long since;
    private long told;

    /**
     * Makes one.
     *
     * @param server the addresses that are tried; hold no secret
     * @param clock {@link System#nanoTime}
     */
    OutageLog(String server, LongSupplier clock) {
        this.server = server;
        this.clock = clock;
    }

    /**
     * Redis does not answer.
     *
     * @param how what was noticed; holds no secret
     */
    void noticed(String how) {
        long now = clock.getAsLong();
        if (!away) {
            away = true;
            since = now;
            told = now;
            LOG.atWarn()
                    .addKeyValue("redis", server)
                    .addKeyValue("how", how)
                    .log(known ? "Redis is out of reach; attempts go on" : "Redis cannot be reached; attempts go on");
        } else if (now - told >= REMINDER_NANOS) {
            told = now;
            LOG.atWarn()
                    .addKeyValue("redis", server)
                    .addKeyValue("how", how)
                    .addKeyValue("seconds", Duration.ofNanos(now - since).toSeconds())
                    .log("Redis is still out of reach; attempts go on");
        }
    }

    /** A connection stands. */
    void over() {
        if (away) {
            LOG.atInfo()
                    .addKeyValue("redis", server)
                    .addKeyValue(
                            "seconds",
                            Duration.ofNanos(clock.getAsLong() - since).toSeconds())
                    .log(known ? "Redis is back" : "Connected to Redis");
        } else {
            LOG.atInfo().addKeyValue("redis", server).log(known ? "Connected to Redis anew" : "Connected to Redis");
        }
        away = false;
        known = true;
    }
}
