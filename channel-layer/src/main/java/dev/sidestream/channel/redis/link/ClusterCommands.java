package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisAdvancedClusterAsyncCommandsImpl;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.ConnectionIntent;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a Cluster, as one connection has them: a command whose node is not connected yet fails at once, and so does
 * one beyond the bound. Lettuce connects to a node when the first command for it comes; before its version 7.7 that one and all
 * that follow wait for the connection, however many they are, and a site may have any version. Once a node is connected,
 * Lettuce itself rejects commands while the connection is lost.
 *
 * <p>What a redirection sends on to a node that is not connected waits for it in those versions, within the bound and the
 * time-out of commands. Safe for use by many threads.
 */
final class ClusterCommands extends RedisAdvancedClusterAsyncCommandsImpl<byte[], byte[]> {

    private final StatefulRedisClusterConnection<byte[], byte[]> cluster;
    private final int bound;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param bound commands that may be under way at once, on all nodes together */
    ClusterCommands(StatefulRedisClusterConnection<byte[], byte[]> cluster, int bound) {
        super(cluster, ByteArrayCodec.INSTANCE);
        this.cluster = cluster;
        this.bound = bound;
    }

    @Override
    public <T> AsyncCommand<byte[], byte[], T> dispatch(RedisCommand<byte[], byte[], T> command) {
        RedisClusterNode node = master(command);
        if (node != null && !isConnected(node)) {
            return refused(command, "The node of this command is not connected yet, it is refused");
        }
        if (underWay.incrementAndGet() > bound) {
            underWay.decrementAndGet();
            return refused(command, "More than " + bound + " commands are under way, this one is refused");
        }
        AsyncCommand<byte[], byte[], T> sent = super.dispatch(command);
        CompletionStage<?> unused = sent.whenComplete((answer, error) -> underWay.decrementAndGet());
        return sent;
    }

    private static <T> AsyncCommand<byte[], byte[], T> refused(RedisCommand<byte[], byte[], T> command, String why) {
        AsyncCommand<byte[], byte[], T> refused = new AsyncCommand<>(command);
        refused.completeExceptionally(new RedisException(why));
        return refused;
    }

    /** Null for a command without a key, and for a slot that nobody serves, which Lettuce fails at once. */
    private @Nullable RedisClusterNode master(RedisCommand<byte[], byte[], ?> command) {
        ByteBuffer key = command.getArgs() == null ? null : command.getArgs().getFirstEncodedKey();
        return key == null ? null : cluster.getPartitions().getMasterBySlot(SlotHash.getSlot(key));
    }

    /** Begins to connect when nobody has. */
    private boolean isConnected(RedisClusterNode node) {
        try {
            CompletableFuture<?> connection = connect(node);
            return connection.isDone() && !connection.isCompletedExceptionally();
        } catch (RuntimeException closed) {
            return false;
        }
    }

    /** The connection that commands for this node go through: Lettuce knows it by the address. */
    private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connect(RedisClusterNode node) {
        String host = node.getUri().getHost();
        return cluster.getConnectionAsync(host, node.getUri().getPort(), ConnectionIntent.WRITE);
    }

    /** Whether it serves slots. */
    static boolean isMaster(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.getSlots().isEmpty();
    }

    /** Completes when each master was tried, so that the first command for one that is there is not refused; never fails. */
    CompletableFuture<Void> connectToMasters() {
        CompletableFuture<?>[] tried = cluster.getPartitions().stream()
                .filter(ClusterCommands::isMaster)
                .map(node -> connect(node).handle((connection, error) -> error == null))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(tried);
    }
}
