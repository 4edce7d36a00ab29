package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.models.role.RedisNodeDescription;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Redis Cluster: Lettuce routes commands by slot; connections to one master are made by a client of their own. */
final class ClusterTopology implements Topology {

    private final RedisClusterClient client;
    private final RedisClient nodeClient;
    /** Before it is, asking the client for the partitions would block. */
    private volatile boolean known;

    private final int requestQueue;
    private final AtomicBoolean refreshing = new AtomicBoolean();

    ClusterTopology(RedisEndpoints endpoints, RedisLinkOptions options, ClientResources resources) {
        requestQueue = options.requestQueue();
        client = RedisClusterClient.create(resources, endpoints.uris());
        client.setOptions(LettuceOptions.cluster(endpoints, options));
        nodeClient = RedisClient.create(resources);
        nodeClient.setOptions(LettuceOptions.single(endpoints, options));
    }

    @Override
    public CompletableFuture<CommandConnection> connect() {
        return client.refreshPartitionsAsync()
                .thenCompose(refreshed -> {
                    known = true;
                    return client.connectAsync(ByteArrayCodec.INSTANCE);
                })
                .thenCompose(this::commands)
                .toCompletableFuture();
    }

    private CompletableFuture<CommandConnection> commands(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        ClusterCommands commands = new ClusterCommands(cluster, requestQueue);
        return commands.connectToMasters().thenApply(tried -> new CommandConnection(cluster, commands));
    }

    @Override
    public List<RedisNode> masters() {
        return !known
                ? List.of()
                : client.getPartitions().stream()
                        .filter(ClusterCommands::isMaster)
                        .map(node -> new RedisNode(node.getNodeId()))
                        .toList();
    }

    @Override
    public RedisNode nodeOf(int slot) {
        if (!known) {
            throw new RedisConnectionException("The cluster has not been reached yet");
        }
        RedisClusterNode node = client.getPartitions().getMasterBySlot(slot);
        if (node == null) {
            throw new RedisConnectionException("No master of the cluster serves slot " + slot);
        }
        return new RedisNode(node.getNodeId());
    }

    @Override
    public CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open(RedisNode node) {
        RedisNodeDescription member = client.getPartitions().getPartitionByNodeId(node.id());
        if (member == null) {
            return CompletableFuture.failedFuture(
                    new RedisConnectionException("The cluster has no node " + node.id() + " any more"));
        }
        return nodeClient.connectAsync(ByteArrayCodec.INSTANCE, member.getUri()).toCompletableFuture();
    }

    @Override
    public void refresh() {
        if (refreshing.compareAndSet(false, true)) {
            client.refreshPartitionsAsync().whenComplete((done, error) -> refreshing.set(false));
        }
    }

    @Override
    public void close() {
        nodeClient.shutdown(0, 2, TimeUnit.SECONDS);
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
