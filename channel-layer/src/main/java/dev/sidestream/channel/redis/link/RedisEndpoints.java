package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is.
 *
 * @param kind how the addresses are to be understood
 * @param uris become ours, their time-out is set; one for standalone and Sentinel (which then holds the sentinels), the seed nodes for Cluster
 * @param ssl trust and key material; null for the defaults of the JDK
 */
public record RedisEndpoints(
        Kind kind, List<RedisURI> uris, @Nullable SslOptions ssl) {

    /** The topologies. */
    public enum Kind {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    public RedisEndpoints {
        uris = List.copyOf(uris);
        if (uris.isEmpty() || (kind != Kind.CLUSTER && uris.size() > 1)) {
            throw new IllegalArgumentException(kind + " needs "
                    + (kind == Kind.CLUSTER ? "at least one address" : "one address") + ", got " + uris.size());
        }
    }

    /** One server without TLS and password. */
    public static RedisEndpoints standalone(String host, int port) {
        return new RedisEndpoints(Kind.STANDALONE, List.of(RedisURI.create(host, port)), null);
    }

    /** For people: each host and port, or path of a socket, without any password. */
    String addresses() {
        return uris.stream()
                .flatMap(uri -> uri.getSentinels().isEmpty() ? Stream.of(uri) : uri.getSentinels().stream())
                .map(uri -> uri.getHost() == null ? uri.getSocket() : uri.getHost() + ":" + uri.getPort())
                .collect(Collectors.joining(","));
    }

    /** Lettuce cannot copy an address with sentinels, so the time-out of the handshake is set in place. */
    RedisEndpoints withTimeout(Duration timeout) {
        uris.forEach(uri -> {
            uri.setTimeout(timeout);
            uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
        });
        return this;
    }
}
