package dev.sidestream.channel.redis;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.MessageReceiver;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.log.EntryCodec;
import dev.sidestream.channel.redis.log.LocalChannels;
import dev.sidestream.channel.redis.log.LogDispatch;
import dev.sidestream.channel.redis.log.LogListener;
import dev.sidestream.channel.redis.log.LogReader;
import dev.sidestream.channel.redis.log.ReaderStats;
import dev.sidestream.channel.redis.log.Witness;
import io.netty.util.concurrent.EventExecutor;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The channel layer on Redis 6.2 or newer. It reads the logs only once somebody receives: a {@link LogListener} is set, or a
 * mailbox is open; a program that only sends costs Redis one connection.
 *
 * <p>Everything that is received, by log listeners, room listeners and mailboxes, is handed out on one thread,
 * {@link #executor()}, which is the link's. Safe for use by many threads.
 */
public final class RedisChannelLayer implements ChannelLayer {

    private static final Logger LOG = LoggerFactory.getLogger(RedisChannelLayer.class);

    private static final int TAILS_AT_ONCE = 1_000;

    private final RedisLink link;
    private final ChannelLayerSettings settings;
    private final EventExecutor executor;
    private final Keys keys;
    private final PartitionCount partitionCount;
    private final Publisher publisher;
    private final RoomHistory history;
    private final LogWriter writer;
    private final Housekeeping housekeeping;
    private final RoomBreaks breaks;
    private final LocalChannels channels;
    private final LogDispatch dispatch;
    private final LogSubscription subscription;

    /** A layer on connections that stay the caller's: {@link #close} does not close them. */
    public RedisChannelLayer(RedisLink link, ChannelLayerSettings settings) {
        this.link = link;
        this.settings = settings;
        executor = link.executor();
        keys = new Keys(settings.partitions());
        partitionCount = new PartitionCount(link, settings.partitions());
        Witness witness = new Witness(keys::partition, System::nanoTime);
        publisher = new Publisher(link, keys, settings, witness);
        history = new RoomHistory(link, keys, settings.historyAge());
        breaks = new RoomBreaks(link, keys, settings.logLength());
        writer = new LogWriter(link, keys, settings.logLength());
        housekeeping = new Housekeeping(link, keys, settings, partitionCount);
        channels = new LocalChannels(settings.node());
        dispatch = new LogDispatch(channels, witness, partitions -> breaks.examine(witness, partitions));
        LogReader reader = new LogReader(link, keys, settings.partitions(), dispatch);
        Lease lease = new Lease(link, settings.node(), channels.prefix(), executor);
        subscription = new LogSubscription(reader, lease, housekeeping, executor);
    }

    /** Who hears the log; to be set once, before anything is read. */
    public void listen(LogListener listener) {
        if (dispatch.hasListener() || subscription.isStarted()) {
            throw new IllegalStateException("A log listener is set once, before the layer reads");
        }
        dispatch.listen(listener);
    }

    /**
     * Checks that this program may work on this Redis, and begins to read when there is a listener. Without a call it does so
     * when it is first used.
     *
     * @return completes when the layer works; fails with {@link Kind#INVALID} when it never will, because the number of
     *     partitions is another one; fails with {@link Kind#UNAVAILABLE} when Redis was not reached at once, and the layer goes
     *     on trying
     */
    public CompletionStage<Void> start() {
        CompletionStage<Void> agreed = link.connected()
                .thenCompose(connected -> partitionCount.reach())
                .thenRun(housekeeping::warnOfEviction);
        CompletionStage<Void> receiving = dispatch.hasListener() ? subscription.start() : agreed;
        return agreed.runAfterBoth(receiving, () -> {})
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(Failures.of(error)));
    }

    /** The one thread that everything received is handed out on. Must not be blocked. */
    public EventExecutor executor() {
        return executor;
    }

    /** The name of this node. */
    public String node() {
        return settings.node();
    }

    /** The partition whose log carries the publications of a room, 0 and up. */
    public int partition(String room) {
        return keys.partition(room);
    }

    /** What the log reader has done; all zero while nobody receives. */
    public ReaderStats readerStats() {
        return subscription.stats();
    }

    @Override
    public Mailbox open(MessageReceiver receiver) {
        subscription.await();
        return channels.open(receiver);
    }

    @Override
    public Mono<Void> send(String channel, Message message) {
        return command(() -> writer.message(EntryCodec.TO_CHANNEL, Names.channel(channel), message))
                .then();
    }

    @Override
    public Mono<Void> groupAdd(String group, String channel) {
        return membership(EntryCodec.ADD, group, channel);
    }

    @Override
    public Mono<Void> groupDiscard(String group, String channel) {
        return membership(EntryCodec.DISCARD, group, channel);
    }

    private Mono<Void> membership(char kind, String group, String channel) {
        return Mono.defer(() -> {
            String name = Names.room(group);
            if (!channels.isLocal(channel)) {
                return command(() -> writer.membership(kind, name, Names.channel(channel)))
                        .then();
            }
            if (kind == EntryCodec.ADD) {
                channels.add(name, channel);
            } else {
                channels.discard(name, channel);
            }
            return Mono.empty();
        });
    }

    @Override
    public Mono<Void> groupSend(String group, Message message) {
        return command(() -> writer.message(EntryCodec.TO_GROUP, Names.room(group), message))
                .then();
    }

    @Override
    public Mono<Receipt> publish(String room, Publication publication) {
        return command(() -> publisher.publish(Names.room(room), publication));
    }

    @Override
    public Mono<HistoryPage> history(String room, @Nullable Position from, @Nullable Position to, int limit) {
        return command(() -> history.page(Names.room(room), from, to, Names.limit(limit)));
    }

    /** The newest position of a room at one instant. */
    public Mono<RoomTail> tail(String room) {
        return command(() -> history.tail(Names.room(room)));
    }

    /**
     * The newest positions of many rooms, each at an instant of its own; pipelined, 1,000 at a time. A room whose keys are none of
     * ours is left out, with a line in the log: it concerns no other.
     */
    public Mono<Map<String, RoomTail>> tails(Collection<String> rooms) {
        return Flux.fromIterable(rooms)
                .flatMap(
                        room -> tail(room)
                                .map(tail -> Map.entry(room, tail))
                                .onErrorResume(Failures::isInvalid, cause -> {
                                    LOG.atError()
                                            .addKeyValue("room", room)
                                            .addKeyValue("cause", cause)
                                            .log("A room cannot be read");
                                    return Mono.empty();
                                }),
                        TAILS_AT_ONCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** The newest publications of a room at one instant, 1 to 1,000 of them, and 4 MiB of JSON values at the most. */
    public Mono<RecentHistory> last(String room, int count) {
        return last(room, count, ReadBounds.MAX_BYTES);
    }

    /**
     * As {@link #last(String, int)}.
     *
     * @param bytes of JSON values at the most, up to 4 MiB; one publication comes whatever its size
     */
    public Mono<RecentHistory> last(String room, int count, int bytes) {
        return command(() -> history.last(Names.room(room), Names.limit(count), ReadBounds.bytes(bytes)));
    }

    /**
     * What follows a position, read at one instant.
     *
     * <p>It is contiguous if and only if the position is of the room's present epoch, and the publications that follow it are
     * numbered without a hole up to the newest. One that was itself taken out since leaves a resume from it whole.
     *
     * @param limit how many may follow, 1 to 1,000, else it is a gap; 0 for any number
     */
    public Mono<Replay> replay(String room, Position since, int limit) {
        return replay(room, since, limit, ReadBounds.MAX_BYTES);
    }

    /**
     * As {@link #replay(String, Position, int)}, in portions: a large replay is {@link Replay.Contiguous#left} unfinished.
     *
     * @param bytes of JSON values in the answer at the most, up to 4 MiB; one publication comes whatever its size
     */
    public Mono<Replay> replay(String room, Position since, int limit, int bytes) {
        int most = limit == 0 ? 0 : Names.limit(limit);
        return command(() -> history.replay(Names.room(room), since, most, ReadBounds.bytes(bytes)));
    }

    /**
     * Says that Redis had accepted a publication that it does not seem to have any more. When that is so, the room's epoch ends,
     * so that every node, and everybody who comes back later, is told; nothing happens when it is there, or grew old.
     * What the room retains stays. Only for what this node has itself read or had accepted, never for what a client claims to have
     * seen.
     *
     * @return whether this call has ended the epoch
     */
    public Mono<Boolean> lost(String room, Position accepted) {
        return command(() -> breaks.lost(Names.room(room), accepted));
    }

    private <T> Mono<T> command(Supplier<? extends CompletionStage<T>> call) {
        return Mono.fromFuture(() -> issue(call).toCompletableFuture(), true).onErrorMap(this::failure);
    }

    private <T> CompletionStage<T> issue(Supplier<? extends CompletionStage<T>> call) {
        return partitionCount.isReached() ? call.get() : partitionCount.reach().thenCompose(agreed -> call.get());
    }

    private ChannelLayerException failure(Throwable error) {
        if (Failures.isReadOnly(error)) {
            link.reconnect(); // a master that was demoted: the one in its place is found by connecting anew
        }
        return Failures.of(error);
    }

    /** Closes every mailbox, ends reading and gives the lease back; waits two seconds at most. */
    @Override
    public void close() {
        channels.closeAll();
        subscription.close();
        if (!executor.inEventLoop() && !executor.isShuttingDown()) {
            // What was on its way to receivers has arrived when this has run.
            executor.submit(() -> {}).awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }
}
