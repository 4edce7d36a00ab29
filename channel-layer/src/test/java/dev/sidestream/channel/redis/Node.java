package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.redis.log.LogListener;
import dev.sidestream.channel.redis.log.ResyncCause;
import dev.sidestream.channel.redis.log.RoomListener;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A node as the tests see it: a layer that listens to one room, and remembers all it was told. */
final class Node implements LogListener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final RedisLink link;
    final RedisChannelLayer layer;
    final List<String> resyncs = new CopyOnWriteArrayList<>();
    final List<String> states = new CopyOnWriteArrayList<>();
    final List<String> breaks = new CopyOnWriteArrayList<>();
    private final String room;
    private final List<StoredPublication> received = new ArrayList<>();

    Node(RedisForTests redis, String room) {
        this(RedisEndpoints.standalone(redis.host(), redis.port()), room, ChannelLayerSettings.of("test"));
    }

    Node(RedisEndpoints endpoints, String room, ChannelLayerSettings settings) {
        this.room = room;
        link = RedisLink.to(endpoints, RedisLinkOptions.of(Duration.ofSeconds(1)));
        layer = new RedisChannelLayer(link, settings);
        layer.listen(this);
        layer.start(); // goes on trying on a busy machine, so its outcome is not asked for
        Await.until("the node works", () -> link.isUp() && layer.readerStats().reading());
    }

    @Override
    public @Nullable RoomListener room(String name) {
        return name.equals(room) ? listener : null;
    }

    private final RoomListener listener = new RoomListener() {

        @Override
        public void publication(StoredPublication publication) {
            add(publication);
        }

        @Override
        public void broken(String ended, String begun) {
            breaks.add(ended + " " + begun);
        }
    };

    private synchronized void add(StoredPublication publication) {
        received.add(publication);
    }

    synchronized List<StoredPublication> received() {
        return List.copyOf(received);
    }

    List<String> bodies() {
        return received().stream().map(Node::body).toList();
    }

    static String body(StoredPublication stored) {
        return new String(stored.publication().json(), UTF_8);
    }

    @Override
    public void resync(IntPredicate partitions, ResyncCause cause) {
        if (partitions.test(layer.partition(room)) && cause != ResyncCause.CONNECTED) {
            resyncs.add(cause.wireName());
        }
    }

    @Override
    public void up(IntPredicate read) {
        states.add("up");
    }

    @Override
    public void down(IntPredicate read) {
        states.add("down");
    }

    Receipt publish(String json) {
        return layer.publish(room, Publication.of("alice", json)).block(PATIENCE);
    }

    /** Publishes with the same cid until Redis has it, as a client does. */
    Receipt publishSurely(String json) {
        Publication publication = new Publication("alice", json.getBytes(UTF_8), "c" + json);
        Receipt[] receipt = new Receipt[1];
        Await.until("published " + json, () -> {
            try {
                receipt[0] = layer.publish(room, publication).block(PATIENCE);
                return true;
            } catch (RuntimeException tryAgain) {
                return false;
            }
        });
        return receipt[0];
    }

    void awaitBodies(String... bodies) {
        Await.until(List.of(bodies) + " received, has " + bodies(), () -> bodies().equals(List.of(bodies)));
    }

    void awaitResync(String cause) {
        Await.until("resync " + cause + ", has " + resyncs, () -> resyncs.contains(cause));
    }

    Replay replay(StoredPublication since, int limit) {
        return layer.replay(room, since.position(), limit).block(PATIENCE);
    }

    @Override
    public void close() {
        layer.close();
        link.close();
    }
}
