package dev.sidestream.channel.memory;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import dev.sidestream.channel.Characters;
import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.MessageReceiver;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.RoomName;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A channel layer without Redis, for unit tests: it keeps the contract within one object. Messages are received on one thread
 * of its own. A room keeps 1,000 publications and remembers a cid for ten minutes. Safe for use by many threads.
 */
public final class InMemoryChannelLayer implements ChannelLayer {

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryChannelLayer.class);

    private static final int MAX_LIMIT = 1_000;

    private final Clock clock;
    private final ExecutorService delivery = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("in-memory-channel-layer").factory());
    private final Object lock = new Object();
    private final Map<String, MessageReceiver> mailboxes = new HashMap<>();
    private final MemoryGroups groups = new MemoryGroups();
    private final Map<String, MemoryRoom> rooms = new HashMap<>();

    /** A layer on the clock of the system. */
    public InMemoryChannelLayer() {
        this(Clock.systemUTC());
    }

    /** A layer on a clock of the test's own, for timestamps and for the deduplication window. */
    public InMemoryChannelLayer(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mailbox open(MessageReceiver receiver) {
        String channel = "memory." + UUID.randomUUID();
        synchronized (lock) {
            mailboxes.put(channel, receiver);
        }
        return new MemoryMailbox(channel);
    }

    @Override
    public Mono<Void> send(String channel, Message message) {
        return Mono.fromRunnable(() -> {
            if (Characters.count(channel) < 1) {
                throw new ChannelLayerException(
                        Kind.INVALID, "A channel name is not empty and holds no surrogate that stands alone", null);
            }
            deliver(List.of(channel), message);
        });
    }

    @Override
    public Mono<Void> groupAdd(String group, String channel) {
        return Mono.fromRunnable(() -> {
            String name = name(group);
            synchronized (lock) {
                if (mailboxes.containsKey(channel)) {
                    groups.add(name, channel);
                }
            }
        });
    }

    @Override
    public Mono<Void> groupDiscard(String group, String channel) {
        return Mono.fromRunnable(() -> {
            String name = name(group);
            synchronized (lock) {
                groups.discard(name, channel);
            }
        });
    }

    @Override
    public Mono<Void> groupSend(String group, Message message) {
        return Mono.fromRunnable(() -> {
            String name = name(group);
            synchronized (lock) {
                // Handed over under the lock, so that all members see one order.
                deliver(groups.of(name), message);
            }
        });
    }

    @Override
    public Mono<Receipt> publish(String room, Publication publication) {
        return Mono.fromSupplier(() -> {
            String name = name(room);
            synchronized (lock) {
                return rooms.computeIfAbsent(name, born -> new MemoryRoom(epoch(), clock))
                        .publish(publication);
            }
        });
    }

    @Override
    public Mono<HistoryPage> history(String room, @Nullable Position from, @Nullable Position to, int limit) {
        return Mono.fromSupplier(() -> {
            String name = name(room);
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new ChannelLayerException(Kind.INVALID, "A limit is 1 to 1000, not " + limit, null);
            }
            synchronized (lock) {
                MemoryRoom found = rooms.get(name);
                return found == null ? new HistoryPage(List.of(), false) : found.page(from, to, limit);
            }
        });
    }

    @Override
    public void close() {
        synchronized (lock) {
            mailboxes.clear();
        }
        delivery.shutdown();
    }

    private void deliver(List<String> channels, Message message) {
        if (!delivery.isShutdown()) {
            delivery.execute(() -> channels.forEach(channel -> receive(channel, message)));
        }
    }

    private void receive(String channel, Message message) {
        MessageReceiver receiver;
        synchronized (lock) {
            receiver = mailboxes.get(channel);
        }
        if (receiver != null) {
            try {
                receiver.receive(message);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("channel", channel).log("A message receiver failed");
            }
        }
    }

    private static String name(String text) {
        String name = RoomName.normalise(text);
        if (name == null) {
            throw new ChannelLayerException(Kind.INVALID, "No room or group can have this name; see RoomName", null);
        }
        return name;
    }

    private static String epoch() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    private final class MemoryMailbox implements Mailbox {

        private final String channel;

        MemoryMailbox(String channel) {
            this.channel = channel;
        }

        @Override
        public String channel() {
            return channel;
        }

        @Override
        public void close() {
            synchronized (lock) {
                mailboxes.remove(channel);
                groups.discardEverywhere(channel);
            }
        }
    }
}
