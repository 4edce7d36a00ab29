package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One server. */
final class SingleTopology implements Topology {

    private final RedisClient client;
    private final RedisURI uri;

    SingleTopology(RedisEndpoints endpoints, RedisLinkOptions options, ClientResources resources) {
        uri = endpoints.uris().getFirst();
        client = RedisClient.create(resources);
        client.setOptions(LettuceOptions.single(endpoints, options));
    }

    @Override
    public CompletableFuture<CommandConnection> connect() {
        return open(RedisNode.SINGLE).thenApply(c -> new CommandConnection(c, c.async()));
    }

    @Override
    public List<RedisNode> masters() {
        return List.of(RedisNode.SINGLE);
    }

    @Override
    public RedisNode nodeOf(int slot) {
        return RedisNode.SINGLE;
    }

    @Override
    public CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open(RedisNode node) {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
    }

    @Override
    public void refresh() {
        // The address is looked up at each connection.
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
