package dev.sidestream.channel.redis.link;

import java.time.Duration;

/**
 * How {@link RedisLink} talks to Redis.
 *
 * @param commandTimeout after which a command fails with its outcome unknown; 100 ms to 5 s
 * @param requestQueue commands that may be under way at once on a connection; beyond it they are refused at once
 */
public record RedisLinkOptions(Duration commandTimeout, int requestQueue) {

    /** 10,000 commands per second over two seconds of silence, with room to spare. */
    private static final int REQUEST_QUEUE = 32_768;

    /**
     * The longest time-out: half of what code that waits has patience for, as the first command of a program asks for the
     * partitions before.
     */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    public RedisLinkOptions {
        if (commandTimeout.toMillis() < 100 || commandTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "sidestream.channel-layer.command-timeout is " + commandTimeout + ", it must be 100ms to 5s");
        }
        if (requestQueue < 1) {
            throw new IllegalArgumentException("A request queue holds at least 1 command, not " + requestQueue);
        }
    }

    /** Two seconds, and a queue for 10,000 commands per second. */
    public static RedisLinkOptions defaults() {
        return of(Duration.ofSeconds(2));
    }

    /** With another time-out. */
    public static RedisLinkOptions of(Duration commandTimeout) {
        return new RedisLinkOptions(commandTimeout, REQUEST_QUEUE);
    }
}
