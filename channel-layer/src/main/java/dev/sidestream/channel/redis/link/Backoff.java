package dev.sidestream.channel.redis.link;

import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long to wait before Redis is tried again: doubles with each attempt, half of it by chance, so that nodes spread. */
public final class Backoff {

    /** For connections: 50 ms at the first attempt, 1.5 s at the most, as visitors wait for it. */
    public static final Backoff CONNECT = new Backoff(50, 1_500);

    /** For reads that failed on a connection that stands: 250 ms at the first, 1 s at the most. */
    public static final Backoff READ = new Backoff(500, 1_000);

    /** Doubled so often it is far beyond the longest wait. */
    private static final int MOST = 16;

    private final Delay delay;

    private Backoff(long first, long most) {
        delay = Delay.equalJitter(Duration.ZERO, Duration.ofMillis(most), first, TimeUnit.MILLISECONDS);
    }

    /**
     * The wait before an attempt.
     *
     * @param failed attempts that failed in a row before it, 1 or more
     */
    public Duration after(int failed) {
        return delay.createDelay(Math.clamp(failed, 1, MOST));
    }
}
