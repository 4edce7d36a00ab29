package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master that the sentinels name. When they name another one, by themselves or asked for a new connection, every connection
 * to the former is closed at once: for some seconds it goes on accepting what is lost as soon as it becomes a replica. Whoever
 * had a connection opens it anew, and finds the new master.
 */
final class SentinelTopology implements Topology {

    private static final Logger LOG = LoggerFactory.getLogger(SentinelTopology.class);

    private final RedisClient client;
    private final RedisURI uri;
    private final Sentinels sentinels;
    private final Map<StatefulRedisConnection<byte[], byte[]>, InetSocketAddress> open = new ConcurrentHashMap<>();

    SentinelTopology(
            RedisEndpoints endpoints, RedisLinkOptions options, ClientResources resources, EventExecutor loop) {
        uri = endpoints.uris().getFirst();
        client = RedisClient.create(resources);
        client.setOptions(LettuceOptions.single(endpoints, options));
        sentinels = new Sentinels(client, uri, loop, this::leaveAllBut);
        sentinels.start();
    }

    private void leaveAllBut(InetSocketAddress master) {
        boolean said = false;
        for (Map.Entry<StatefulRedisConnection<byte[], byte[]>, InetSocketAddress> one : open.entrySet()) {
            if (!one.getValue().equals(master)) {
                if (!said) {
                    LOG.atInfo()
                            .addKeyValue("master", master.getHostString() + ":" + master.getPort())
                            .log("The sentinels name another master, connecting to it");
                    said = true;
                }
                Detached.close(one.getKey());
            }
        }
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
        int before = sentinels.changes();
        return sentinels
                .master()
                .thenCompose(master -> client.connectAsync(ByteArrayCodec.INSTANCE, direct(master))
                        .thenApply(connection -> entered(connection, master, before)));
    }

    private StatefulRedisConnection<byte[], byte[]> entered(
            StatefulRedisConnection<byte[], byte[]> connection, InetSocketAddress master, int before) {
        connection.addListener(new WhenDisconnected(() -> open.remove(connection)));
        open.put(connection, master);
        if (!connection.isOpen()) {
            open.remove(connection);
        }
        if (before != sentinels.changes()) {
            // It may be the former one, asked for before the change was heard and not closed with the others.
            Detached.close(connection);
            throw new RedisConnectionException("The sentinels have named another master meanwhile");
        }
        leaveAllBut(master); // commands and log belong on one server, also when nobody has said that it changed
        return connection;
    }

    /** Lettuce cannot copy an address with sentinels, so what belongs to the master is taken over one by one. */
    private RedisURI direct(InetSocketAddress master) {
        RedisURI direct = RedisURI.create(master.getHostString(), master.getPort());
        direct.applySsl(uri);
        direct.applyAuthentication(uri);
        direct.setDatabase(uri.getDatabase());
        direct.setClientName(uri.getClientName());
        direct.setTimeout(uri.getTimeout());
        return direct;
    }

    @Override
    public void refresh() {
        // The master is asked for at each connection, and its changes are heard.
    }

    @Override
    public void close() {
        sentinels.close();
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
