package dev.sidestream.sessions.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose sessions are accepted.
 *
 * @param resolvers names of the resolvers to ask, in this order
 * @param readTimeout of one look at a session during a handshake, 100 ms to 30 s; beyond it the handshake is refused with 503
 * @param cache for which an answer to one handshake holds for others with the same cookie, at most 10 s; 0 for not at all. Of
 *     Redis that is only the answer that there is no such session; of the resolver http it is every answer
 * @param redis where the sessions are, when they are not in the Redis of {@code spring.data.redis}
 */
@ConfigurationProperties("sidestream.session")
public record SessionProperties(
        @DefaultValue("spring") List<String> resolvers,
        @DefaultValue("2s") Duration readTimeout,
        @DefaultValue("1s") Duration cache,
        @DefaultValue Redis redis) {

    /**
     * The Redis with the sessions.
     *
     * @param url such as {@code redis://user:password@host:6379/1}, {@code rediss://...} or
     *     {@code redis-sentinel://host1,host2/0#name}; the same Redis and database as {@code spring.data.redis} when not set
     * @param cluster whether the URL is a node of a Redis Cluster, from which the others are found
     */
    public record Redis(
            @Nullable String url, @DefaultValue("false") boolean cluster) {

        /** Leaves the URL out, since it may hold a password. */
        @Override
        public String toString() {
            return "Redis[url=" + (url == null ? "none" : "set") + ", cluster=" + cluster + "]";
        }
    }

    public SessionProperties {
        resolvers = List.copyOf(resolvers);
        if (new HashSet<>(resolvers).size() < resolvers.size()) {
            throw new IllegalArgumentException("sidestream.session.resolvers names one twice: " + resolvers);
        }
        if (readTimeout.toMillis() < 100 || readTimeout.toSeconds() > 30) {
            throw new IllegalArgumentException(
                    "sidestream.session.read-timeout is " + readTimeout + "; it must be 100ms to 30s");
        }
        if (cache.isNegative() || cache.toSeconds() > 10) {
            throw new IllegalArgumentException("sidestream.session.cache is " + cache + "; it must be 0s to 10s");
        }
    }
}
