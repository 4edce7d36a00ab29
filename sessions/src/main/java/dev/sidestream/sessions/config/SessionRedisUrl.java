package dev.sidestream.sessions.config;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;

/** Understands {@code sidestream.session.redis.url}. */
final class SessionRedisUrl {

    private SessionRedisUrl() {}

    static RedisLink link(SessionProperties settings) {
        return RedisLink.to(endpoints(settings.redis()), RedisLinkOptions.of(commandTimeout(settings.readTimeout())));
    }

    /** A site that is asked over HTTP may be given longer to answer than any Redis. */
    private static Duration commandTimeout(Duration readTimeout) {
        return readTimeout.compareTo(RedisLinkOptions.LONGEST) > 0 ? RedisLinkOptions.LONGEST : readTimeout;
    }

    static RedisEndpoints endpoints(SessionProperties.Redis redis) {
        RedisURI uri = parse(String.valueOf(redis.url()));
        boolean sentinel = !uri.getSentinels().isEmpty();
        if (redis.cluster() && sentinel) {
            throw new IllegalArgumentException("sidestream.session.redis.cluster is true, but"
                    + " sidestream.session.redis.url names sentinels; a Cluster needs none");
        }
        RedisEndpoints.Kind kind = redis.cluster()
                ? RedisEndpoints.Kind.CLUSTER
                : sentinel ? RedisEndpoints.Kind.SENTINEL : RedisEndpoints.Kind.STANDALONE;
        return new RedisEndpoints(kind, List.of(uri), null);
    }

    /** The cause of a failure is left out, because its text would quote the URL with its password. */
    @SuppressWarnings("UnusedException")
    private static RedisURI parse(String url) {
        try {
            return RedisURI.create(url);
        } catch (IllegalArgumentException secret) {
            throw new IllegalArgumentException("sidestream.session.redis.url is no URL of a Redis; it must look like"
                    + " redis://user:password@host:6379/0");
        }
    }
}
