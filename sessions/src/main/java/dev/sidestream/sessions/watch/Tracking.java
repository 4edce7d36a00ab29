package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisNode;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one master on which Redis tells of each key that was read on it and then changed, once (CLIENT TRACKING in
 * its default mode). It lives until it is lost; then everything that was read on it is unknown. Safe for use by many threads.
 */
final class Tracking implements AutoCloseable {

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Consumer<@Nullable String> changed;
    private volatile boolean alive = true;
    private volatile long lastHeard = System.nanoTime();

    private Tracking(StatefulRedisConnection<byte[], byte[]> connection, Consumer<@Nullable String> changed) {
        this.connection = connection;
        this.changed = changed;
    }

    /**
     * Connects and turns tracking on.
     *
     * @param changed hears each changed key, null for all keys at once (FLUSHDB); on a thread of Lettuce, must not block
     * @param lost runs when the connection is gone, perhaps more than once
     * @return fails when Redis is out of reach or refuses to track
     */
    static CompletableFuture<Tracking> open(
            RedisLink link, RedisNode node, Consumer<@Nullable String> changed, Consumer<Tracking> lost) {
        return link.open(node).thenCompose(connection -> {
            Tracking tracking = new Tracking(connection, changed);
            connection.addListener((PushListener) tracking::pushed);
            connection.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> gone) {
                    tracking.alive = false;
                    lost.accept(tracking);
                }
            });
            return connection
                    .async()
                    .clientTracking(TrackingArgs.Builder.enabled())
                    .toCompletableFuture()
                    .handle((ok, failure) -> {
                        if (failure != null) {
                            tracking.close();
                            throw new java.util.concurrent.CompletionException(failure);
                        }
                        return tracking;
                    });
        });
    }

    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return connection.async();
    }

    boolean isAlive() {
        return alive;
    }

    /** {@link System#nanoTime} when Redis last answered here: up to then it would have told of every change. */
    long lastHeard() {
        return lastHeard;
    }

    /** Asks for a sign of life; when none comes in the time of a command, the connection is given up. */
    void ping() {
        long asked = System.nanoTime();
        connection.async().ping().whenComplete((pong, failure) -> {
            if (failure == null) {
                lastHeard = asked;
            } else {
                close();
            }
        });
    }

    private void pushed(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        List<Object> content = message.getContent(Tracking::text);
        if (content.size() > 1 && content.get(1) instanceof List<?> keys) {
            keys.forEach(key -> changed.accept((String) key));
        } else {
            changed.accept(null);
        }
    }

    private static Object text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    @Override
    public void close() {
        alive = false;
        Detached.close(connection);
    }
}
