package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Our own connections to Redis, apart from those of the application: one shared for commands, and as many dedicated ones as
 * are asked for. Alike on standalone, Sentinel and Cluster. Safe for use by many threads.
 */
public final class RedisLink implements AutoCloseable {

    private static final long SHUTDOWN_SECONDS = 2;

    private static final Duration HANDSHAKE = Duration.ofSeconds(2);

    private final OneLoop loop;
    private final ClientResources resources;
    private final Topology topology;
    private final ConnectionKeeper keeper;
    private final ReplicaWatch replica;
    private final Outbox outbox;
    private final boolean cluster;
    private final RedisLinkOptions options;
    private final CompletionStage<Void> connected;
    private final List<RedisScript> scripts = new CopyOnWriteArrayList<>();

    private RedisLink(
            OneLoop loop,
            ClientResources resources,
            Topology topology,
            RedisEndpoints endpoints,
            RedisLinkOptions options) {
        this.loop = loop;
        this.resources = resources;
        this.topology = topology;
        this.cluster = endpoints.kind() == RedisEndpoints.Kind.CLUSTER;
        this.options = options;
        this.keeper = new ConnectionKeeper(
                endpoints.addresses(),
                () -> topology.connect().thenCompose(this::loadScripts),
                this::sendScripts,
                loop.loop());
        this.replica = new ReplicaWatch(keeper, System::nanoTime);
        this.outbox = new Outbox(loop.loop(), options.requestQueue());
        this.connected = keeper.start();
        if (!cluster) {
            replica.start(loop.loop()); // a Cluster leads writes to its masters by itself
        }
    }

    private CompletionStage<CommandConnection> loadScripts(CommandConnection connection) {
        CompletionStage<CommandConnection> loaded = CompletableFuture.completedFuture(connection);
        for (RedisScript script : scripts) {
            CompletionStage<?> loading = connection.commands().scriptLoad(script.text());
            loaded = loaded.thenCombine(loading.handle((sha, refused) -> connection), (one, same) -> one);
        }
        return loaded;
    }

    /**
     * Loads a script on each connection from now on, before anybody uses it: a call that finds no script is repeated, and would
     * be overtaken by the next one of its author. To be called before the script is. Without the right to load, calls do
     * so themselves.
     */
    public void load(RedisScript script) {
        loop.loop().execute(() -> {
            scripts.add(script);
            CommandConnection connection = keeper.currentOrNull();
            if (connection != null) {
                send(script, connection);
            }
        });
    }

    /** On the loop, in the moment in which a connection is given out: those too that came while it was being made. */
    private void sendScripts(CommandConnection connection) {
        scripts.forEach(script -> send(script, connection));
    }

    private static void send(RedisScript script, CommandConnection connection) {
        Detached.log(
                connection.commands().scriptLoad(script.text()), "A script could not be loaded, its calls will do so");
    }

    /**
     * Begins to connect and returns at once; attempts go on with a delay of 1.5 s at most until Redis is reached.
     *
     * @throws IllegalStateException when the program has a Lettuce older than 7.0
     */
    public static RedisLink to(RedisEndpoints endpoints, RedisLinkOptions options) {
        LettuceFloor.require();
        OneLoop loop = new OneLoop();
        ClientResources resources = LettuceOptions.resources(loop);
        RedisEndpoints timed = endpoints.withTimeout(handshakeTimeout(options));
        Topology topology = switch (endpoints.kind()) {
            case STANDALONE -> new SingleTopology(timed, options, resources);
            case SENTINEL -> new SentinelTopology(timed, options, resources, loop.loop());
            case CLUSTER -> new ClusterTopology(timed, options, resources);
        };
        return new RedisLink(loop, resources, topology, timed, options);
    }

    /** A short time-out for commands must not keep a busy server from being reached at all. */
    private static Duration handshakeTimeout(RedisLinkOptions options) {
        return options.commandTimeout().compareTo(HANDSHAKE) > 0 ? options.commandTimeout() : HANDSHAKE;
    }

    /** Completes with the first connection; fails when the first attempt failed, though attempts go on. */
    public CompletionStage<Void> connected() {
        return connected;
    }

    /**
     * The commands of the shared connection. Commands that are issued in one turn travel together. A command fails with the
     * time-out of {@link RedisLinkOptions}, at once while Redis is not connected, and with the connection; none is ever
     * sent twice. Do not keep the returned object: after a loss there is another. Never block on it, never issue a
     * blocking command or a transaction.
     *
     * @throws RedisConnectionException before Redis was reached for the first time
     */
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return keeper.current().commands();
    }

    /**
     * The one event loop that everything of this link runs on. Commands complete on it, so it must never be blocked; other
     * work may be put on it that belongs to what comes from Redis.
     */
    public EventExecutor executor() {
        return loop.loop();
    }

    /**
     * Issues a command of {@link #commands()} together with others that come while Redis has not answered the ones before, at
     * once when there are none. What many connections ask for one by one goes through here; order is kept among them.
     */
    public <T> CompletionStage<T> batched(Supplier<? extends CompletionStage<T>> command) {
        return outbox.add(command);
    }

    /** After which a command fails, with its outcome unknown. */
    public Duration commandTimeout() {
        return options.commandTimeout();
    }

    /** Whether Redis answered the last ping of the shared connection; asked each second. */
    public boolean isUp() {
        return keeper.isUp();
    }

    /** Whether Redis was reached at least once, with the password and over the TLS that were given. */
    public boolean wasReached() {
        return keeper.currentOrNull() != null;
    }

    /**
     * For how long the shared connection has led to a replica whose master answers it, so to the wrong server, as asked each second;
     * it is made anew meanwhile. Zero when it leads to a master, on Cluster, and where {@code INFO} is forbidden.
     */
    public Duration replicaFor() {
        return replica.replicaFor();
    }

    /** Attempts to connect the shared connection that failed, since the start. */
    public long failedConnects() {
        return keeper.failures();
    }

    /** Whether this is Redis Cluster, where one command may not name keys of two slots. */
    public boolean isCluster() {
        return cluster;
    }

    /** The masters as known now: one on standalone and Sentinel; empty before a Cluster was reached for the first time. */
    public List<RedisNode> masters() {
        return topology.masters();
    }

    /**
     * The master that a key lives on, as known now.
     *
     * @throws RedisConnectionException when no master of the Cluster is known to serve it
     */
    public RedisNode nodeOf(byte[] key) {
        return topology.nodeOf(slot(key));
    }

    /** The hash slot of a key, 0 to 16,383, by the rules of Redis Cluster. */
    public static int slot(byte[] key) {
        return SlotHash.getSlot(key);
    }

    /**
     * Opens a connection of the caller's own to one master; the caller closes it. It does not reconnect: when it is lost, its
     * commands fail and the caller opens another, so that whatever state it had on the server is never taken for granted.
     * Speaks RESP3 where the server does (Redis 6 and newer), so push messages can be listened to. Commands time out like
     * the shared ones, except XREAD, which the caller times.
     */
    public CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open(RedisNode node) {
        return topology.open(node);
    }

    /** Replaces the shared connection, once per second at most, when its server turned out to be the wrong one. */
    public void reconnect() {
        keeper.reconnect();
    }

    /** Asks the Cluster for its topology anew, now instead of within ten seconds; no effect elsewhere. */
    public void refresh() {
        topology.refresh();
    }

    /** Closes the connections, the shared and the dedicated ones, and the threads behind them; waits some seconds at most. */
    @Override
    public void close() {
        keeper.close();
        if (!executor().inEventLoop()) {
            // What an owner is closing is closed when this has run; the client would close it again, and warn.
            executor().submit(() -> {}).awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        }
        topology.close();
        Detached.log(
                resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS), "The client of Redis did not shut down");
        Detached.log(loop.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS), "The loop of Redis did not shut down");
    }
}
