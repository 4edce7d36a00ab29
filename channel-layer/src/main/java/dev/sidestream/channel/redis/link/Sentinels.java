package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sentinels of one master. They are asked who it is, one after the other, and each is heard all the time, so that another
 * master is known when the first of them says so. Any of them may be down.
 *
 * <p>State is confined to the loop; {@link #master} may be called by any thread.
 */
final class Sentinels implements AutoCloseable {

    private final RedisClient client;
    private final String name;
    private final EventExecutor loop;
    private final Consumer<InetSocketAddress> named;
    private final List<SentinelSubscription> subscriptions;

    /** Who said last that the master changed comes first, as others may learn it later; who does not answer comes last. */
    private volatile List<RedisURI> order;

    private final AtomicInteger changes = new AtomicInteger();

    /** The master that was named by the last change; null before one was heard of. */
    private @Nullable InetSocketAddress latest;

    private int heard;

    /**
     * Prepares; asks and hears nobody yet.
     *
     * @param uri the master's name and the sentinels
     * @param named is told the address of the master, on the loop, whenever a sentinel says that it changed, and when one is heard
     *     again after none was; perhaps one that is known already
     */
    Sentinels(RedisClient client, RedisURI uri, EventExecutor loop, Consumer<InetSocketAddress> named) {
        this.client = client;
        this.name = uri.getSentinelMasterId();
        this.loop = loop;
        this.named = named;
        order = List.copyOf(uri.getSentinels());
        subscriptions = order.stream()
                .map(sentinel -> new SentinelSubscription(client, sentinel, loop, new Ear(sentinel)))
                .toList();
    }

    /** Begins to hear them. */
    void start() {
        loop.execute(() -> subscriptions.forEach(SentinelSubscription::connect));
    }

    /** How often another master was heard of. */
    int changes() {
        return changes.get();
    }

    /** The address of the master, of the first sentinel that knows it; fails as the last of them when none does. */
    CompletableFuture<InetSocketAddress> master() {
        return ask(order, 0);
    }

    private CompletableFuture<InetSocketAddress> ask(List<RedisURI> sentinels, int index) {
        CompletableFuture<InetSocketAddress> answer = ask(sentinels.get(index));
        boolean last = index + 1 == sentinels.size();
        return last ? answer : answer.exceptionallyCompose(error -> ask(sentinels, index + 1));
    }

    private CompletableFuture<InetSocketAddress> ask(RedisURI sentinel) {
        return client.connectSentinelAsync(StringCodec.UTF8, sentinel)
                .thenCompose(this::ask)
                .thenApply(this::address);
    }

    private CompletableFuture<SocketAddress> ask(StatefulRedisSentinelConnection<String, String> sentinel) {
        return sentinel.async()
                .getMasterAddrByName(name)
                .toCompletableFuture()
                .whenComplete((address, error) -> Detached.close(sentinel));
    }

    private InetSocketAddress address(@Nullable SocketAddress told) {
        if (told instanceof InetSocketAddress address) {
            return InetSocketAddress.createUnresolved(address.getHostString(), address.getPort());
        }
        throw new RedisConnectionException("The sentinel knows no master " + name);
    }

    /**
     * Reads what a sentinel publishes in {@code +switch-master}: name, former host and port, host and port of the new one.
     *
     * @return null for the master of another name, and for what cannot be read
     */
    static @Nullable InetSocketAddress promoted(String name, String message) {
        String[] words = message.split(" ", -1);
        if (words.length != 5 || !words[0].equals(name) || !words[4].matches("\\d{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(words[4]);
        return port > 0 && port <= 65_535 ? InetSocketAddress.createUnresolved(words[3], port) : null;
    }

    @Override
    public void close() {
        subscriptions.forEach(SentinelSubscription::close);
    }

    /** What is heard of one sentinel. */
    private final class Ear implements SentinelSubscription.Listener {

        private final RedisURI sentinel;

        Ear(RedisURI sentinel) {
            this.sentinel = sentinel;
        }

        @Override
        public void subscribed() {
            if (heard++ == 0) {
                lookOnce();
            }
        }

        /** Nobody was heard until now, so a change may have been missed. */
        private void lookOnce() {
            int before = changes.get();
            Detached.then(
                    ask(sentinel),
                    (address, error) -> {
                        if (address != null && before == changes.get()) {
                            named.accept(address);
                        }
                    },
                    loop);
        }

        @Override
        public void lost() {
            heard--;
        }

        @Override
        public void failed() {
            move(sentinel, false);
        }

        @Override
        public void switched(String message) {
            InetSocketAddress address = promoted(name, message);
            if (address != null) {
                move(sentinel, true);
                if (!address.equals(latest)) {
                    latest = address;
                    changes.incrementAndGet();
                }
                named.accept(address);
            }
        }

        private void move(RedisURI one, boolean first) {
            List<RedisURI> others = new ArrayList<>(order);
            others.remove(one);
            others.add(first ? 0 : others.size(), one);
            order = List.copyOf(others);
        }
    }
}
