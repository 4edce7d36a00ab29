package dev.sidestream.channel.redis.link;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What differs between one server, Sentinel and Redis Cluster. */
interface Topology extends AutoCloseable {

    /** A new connection for commands of all keys. */
    CompletableFuture<CommandConnection> connect();

    /** The masters as known now; empty before the first connection to a Cluster. */
    List<RedisNode> masters();

    /** The master that owns a hash slot, as known now. */
    RedisNode nodeOf(int slot);

    /** A new connection to one master that does not reconnect. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open(RedisNode node);

    /** Looks anew at who serves what, in the background. */
    void refresh();

    @Override
    void close();
}
