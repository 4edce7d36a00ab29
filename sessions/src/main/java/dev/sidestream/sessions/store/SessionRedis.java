package dev.sidestream.sessions.store;

import dev.sidestream.channel.redis.link.RedisLink;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;

/**
 * The Redis with the site's sessions, and how it is read.
 *
 * @param link for reading at handshakes its shared connection, which never tracks keys, so that forged cookies cannot fill
 *     the tracking table of Redis
 * @param readTimeout of one read of a session at a handshake
 * @param cacheLifetime for which a handshake's answer holds for others with the same cookie
 */
public record SessionRedis(RedisLink link, Duration readTimeout, Duration cacheLifetime, Advice advice) {

    /** Two seconds for a read, and a second for which an answer holds. */
    public static SessionRedis of(RedisLink link) {
        return new SessionRedis(link, Duration.ofSeconds(2), Duration.ofSeconds(1), new Advice());
    }

    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return link.commands();
    }

    /** Whether the link itself gives a command up no later than a read, so that nobody else need watch the time. */
    boolean commandsKeepReadTimeout() {
        return link.commandTimeout().compareTo(readTimeout) <= 0;
    }
}
