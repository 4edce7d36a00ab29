package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of partitions stands in Redis, written by whoever comes first. With another number a program would look for rooms
 * where nobody puts them, so it does not work at all.
 */
final class PartitionCount {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionCount.class);

    private final RedisLink link;
    private final int partitions;
    private volatile @Nullable CompletableFuture<Void> reached;

    PartitionCount(RedisLink link, int partitions) {
        this.link = link;
        this.partitions = partitions;
    }

    boolean isReached() {
        CompletableFuture<Void> current = reached;
        return current != null && current.isDone() && !current.isCompletedExceptionally();
    }

    /** Completes when the number agrees; fails with INVALID when it does not. Asked again after a failure. */
    CompletableFuture<Void> reach() {
        CompletableFuture<Void> current = reached;
        if (current == null || current.isCompletedExceptionally()) {
            current = ask();
            reached = current;
        }
        return current;
    }

    /** Asks again, and writes the number again after Redis lost it; from a contradiction on the layer fails its operations. */
    void renew() {
        try {
            CompletableFuture<Void> asked = ask();
            Detached.then(asked, (agreed, error) -> answered(asked, error), Runnable::run);
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("cause", e).log("The number of partitions could not be asked for");
        }
    }

    private void answered(CompletableFuture<Void> asked, @Nullable Throwable error) {
        if (Failures.isInvalid(error)) {
            LOG.atError().setCause(error).log("The number of partitions on this Redis has changed");
            reached = asked;
        }
    }

    private CompletableFuture<Void> ask() {
        RedisClusterAsyncCommands<byte[], byte[]> commands = link.commands();
        byte[] key = Keys.partitionCount();
        byte[] ours = Integer.toString(partitions).getBytes(US_ASCII);
        // A full Redis refuses the write; then the read decides, and nothing there is no contradiction.
        return commands.set(key, ours, SetArgs.Builder.nx())
                .handle((done, refused) -> refused)
                .thenCompose(refused -> commands.get(key))
                .thenAccept(this::compare)
                .toCompletableFuture();
    }

    private void compare(byte @Nullable [] value) {
        String theirs = value == null ? Integer.toString(partitions) : new String(value, US_ASCII);
        if (!theirs.equals(Integer.toString(partitions))) {
            throw new ChannelLayerException(
                    Kind.INVALID,
                    "sidestream.channel-layer.partitions is " + partitions + ", but the programs on this Redis use "
                            + theirs + ". Set it to " + theirs
                            + ", or stop them all and delete the key ss:partitions and all keys ss:{p*",
                    null);
        }
    }
}
