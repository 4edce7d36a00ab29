package dev.sidestream.channel.autoconfigure;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisEndpoints.Kind;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;

/** Finds Redis where the application finds it: from the connection details that Spring Boot made, which are only read. */
final class EndpointsFactory {

    private static final String CLIENT_NAME = "sidestream";

    private final DataRedisConnectionDetails details;
    private final DataRedisProperties properties;

    EndpointsFactory(DataRedisConnectionDetails details, DataRedisProperties properties) {
        this.details = details;
        this.properties = properties;
    }

    RedisEndpoints create() {
        if (details.getMasterReplica() != null) {
            throw new IllegalArgumentException(
                    "spring.data.redis.masterreplica.nodes is not supported: set host and port"
                            + " of the master, or spring.data.redis.sentinel, or spring.data.redis.cluster");
        }
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        if (sentinel != null) {
            return new RedisEndpoints(Kind.SENTINEL, List.of(sentinel(sentinel)), ssl());
        }
        if (cluster != null) {
            List<RedisURI> seeds = cluster.getNodes().stream()
                    .map(node -> uri(node.host(), node.port()))
                    .toList();
            return new RedisEndpoints(Kind.CLUSTER, seeds, ssl());
        }
        return standalone();
    }

    private RedisEndpoints standalone() {
        DataRedisConnectionDetails.Standalone standalone = details.getStandalone();
        if (standalone == null) {
            throw new IllegalArgumentException("Redis is not configured: set spring.data.redis.host and port");
        }
        RedisURI uri = uri(standalone.getHost(), standalone.getPort());
        uri.setDatabase(standalone.getDatabase());
        return new RedisEndpoints(Kind.STANDALONE, List.of(uri), ssl());
    }

    private RedisURI sentinel(DataRedisConnectionDetails.Sentinel sentinel) {
        RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(sentinel.getMaster());
        for (Node node : sentinel.getNodes()) {
            RedisURI one = RedisURI.create(node.host(), node.port());
            authenticate(one, sentinel.getUsername(), sentinel.getPassword());
            one.setSsl(isSsl());
            builder.withSentinel(one);
        }
        RedisURI uri = builder.build();
        uri.setDatabase(sentinel.getDatabase());
        return common(uri);
    }

    private RedisURI uri(String host, int port) {
        return common(RedisURI.create(host, port));
    }

    private RedisURI common(RedisURI uri) {
        String name = properties.getClientName();
        uri.setClientName(name == null ? CLIENT_NAME : name);
        uri.setSsl(isSsl());
        authenticate(uri, details.getUsername(), details.getPassword());
        return uri;
    }

    private static void authenticate(RedisURI uri, @Nullable String username, @Nullable String password) {
        if (password != null && username != null && !username.isEmpty()) {
            uri.setAuthentication(username, password);
        } else if (password != null) {
            uri.setAuthentication(password);
        }
    }

    private boolean isSsl() {
        String url = properties.getUrl();
        return details.getSslBundle() != null || (url != null && url.startsWith("rediss:"));
    }

    private @Nullable SslOptions ssl() {
        SslBundle bundle = details.getSslBundle();
        if (bundle == null) {
            return null;
        }
        SslOptions.Builder builder = SslOptions.builder()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        org.springframework.boot.ssl.SslOptions options = bundle.getOptions();
        if (options.getCiphers() != null) {
            builder.cipherSuites(options.getCiphers());
        }
        if (options.getEnabledProtocols() != null) {
            builder.protocols(options.getEnabledProtocols());
        }
        return builder.build();
    }
}
