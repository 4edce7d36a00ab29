package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears one sentinel: subscribes to {@code +switch-master}, and again, with jitter and 1.5 s apart at the most, whenever that
 * is lost. Confined to the loop.
 */
final class SentinelSubscription implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SentinelSubscription.class);

    private static final String CHANNEL = "+switch-master";

    private final RedisClient client;
    private final RedisURI sentinel;
    private final EventExecutor loop;
    private final Listener listener;
    private @Nullable StatefulRedisPubSubConnection<String, String> connection;
    private boolean subscribed;
    private int attempts;
    private volatile boolean closed;

    /** Who hears it; every call is made on the loop. */
    interface Listener {

        /** The sentinel is heard from now on. */
        void subscribed();

        /** It is not heard any more. */
        void lost();

        /** It was not reached, or refuses to be heard; it is tried again. */
        void failed();

        /** The sentinel says that a master changed. */
        void switched(String message);
    }

    SentinelSubscription(RedisClient client, RedisURI sentinel, EventExecutor loop, Listener listener) {
        this.client = client;
        this.sentinel = sentinel;
        this.loop = loop;
        this.listener = listener;
    }

    void connect() {
        if (!closed) {
            Detached.then(client.connectPubSubAsync(StringCodec.UTF8, sentinel), this::connected, loop);
        }
    }

    private void connected(@Nullable StatefulRedisPubSubConnection<String, String> opened, @Nullable Throwable error) {
        if (opened == null) {
            retry(error);
            return;
        }
        if (closed) {
            Detached.close(opened);
            return;
        }
        connection = opened;
        opened.addListener(new Announcements());
        opened.addListener(new WhenDisconnected(() -> loop.execute(() -> lost(opened, null))));
        Detached.then(opened.async().subscribe(CHANNEL), (done, refused) -> subscribed(opened, refused), loop);
    }

    private void subscribed(StatefulRedisPubSubConnection<String, String> opened, @Nullable Throwable refused) {
        if (!opened.equals(connection)) {
            return;
        }
        if (refused != null || !opened.isOpen()) {
            lost(opened, refused);
            return;
        }
        subscribed = true;
        if (attempts > 0) {
            LOG.atInfo().addKeyValue("sentinel", address()).log("The sentinel is heard");
        }
        attempts = 0;
        listener.subscribed();
    }

    private void lost(StatefulRedisPubSubConnection<String, String> opened, @Nullable Throwable error) {
        if (!opened.equals(connection)) {
            return;
        }
        connection = null;
        Detached.close(opened);
        if (subscribed) {
            subscribed = false;
            listener.lost();
        }
        retry(error);
    }

    private void retry(@Nullable Throwable error) {
        if (closed) {
            return;
        }
        listener.failed();
        if (attempts++ == 0) {
            LOG.atWarn()
                    .addKeyValue("sentinel", address())
                    .addKeyValue("cause", error)
                    .log("A sentinel is not heard, attempts go on; any other one tells of a failover as well");
        }
        Detached.after(Backoff.CONNECT.after(attempts), this::connect, loop);
    }

    private String address() {
        return sentinel.getHost() + ":" + sentinel.getPort();
    }

    /** Ends; the connection is closed with its client. */
    @Override
    public void close() {
        closed = true;
    }

    /** From the thread of Lettuce, which is the loop's; its own turn all the same. */
    private final class Announcements extends RedisPubSubAdapter<String, String> {

        @Override
        public void message(String channel, String message) {
            loop.execute(() -> {
                if (!closed) {
                    listener.switched(message);
                }
            });
        }
    }
}
