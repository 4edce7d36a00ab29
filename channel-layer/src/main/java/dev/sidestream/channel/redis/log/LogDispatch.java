package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.Message;
import dev.sidestream.channel.StoredPublication;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the log holds to those on this node who want it. Confined to the executor of the layer. */
public final class LogDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(LogDispatch.class);

    private final LocalChannels channels;
    private final Witness witness;
    private final Consumer<IntPredicate> losses;
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();
    private volatile @Nullable LogListener listener;

    /**
     * Makes one without a listener.
     *
     * @param witness is told of each publication
     * @param losses is told in which partitions Redis may have lost what had been accepted
     */
    public LogDispatch(LocalChannels channels, Witness witness, Consumer<IntPredicate> losses) {
        this.channels = channels;
        this.witness = witness;
        this.losses = losses;
    }

    public void listen(LogListener newListener) {
        listener = newListener;
    }

    public boolean hasListener() {
        return listener != null;
    }

    long malformed() {
        return malformed.get();
    }

    long resyncs() {
        return resyncs.get();
    }

    void batch(LogBatch batch) {
        for (int entry = 0; entry < batch.entries(); entry++) {
            try {
                entry(batch, entry);
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("partition", batch.partition(entry))
                        .log("A log entry failed");
            }
        }
    }

    private void entry(LogBatch batch, int entry) {
        if (!EntryCodec.isWellFormed(batch, entry)) {
            malformed.incrementAndGet();
            return;
        }
        String name = batch.text(entry, EntryCodec.NAME);
        switch ((char) batch.kind(entry)) {
            case EntryCodec.PUBLICATION -> publication(batch, entry, name);
            case EntryCodec.TO_CHANNEL -> {
                Message message = channels.exists(name) ? message(batch, entry) : null;
                if (message != null) {
                    channels.toChannel(name, message);
                }
            }
            case EntryCodec.TO_GROUP -> {
                Message message = channels.hasMembers(name) ? message(batch, entry) : null;
                if (message != null) {
                    channels.toGroup(name, message);
                }
            }
            case EntryCodec.ADD -> channels.add(name, batch.text(entry, 3));
            case EntryCodec.DISCARD -> channels.discard(name, batch.text(entry, 3));
            case EntryCodec.BREAK -> {
                RoomListener members = listenerOf(name);
                if (members != null) {
                    members.broken(batch.text(entry, 3), batch.text(entry, 4));
                }
            }
            default -> {} // a kind of a newer version, for its nodes
        }
    }

    private void publication(LogBatch batch, int entry, String room) {
        witness.read(room, batch, entry);
        RoomListener members = listenerOf(room);
        if (members != null) {
            StoredPublication publication = orNull(() -> EntryCodec.publication(batch, entry));
            if (publication != null) {
                members.publication(publication);
            }
        }
    }

    private @Nullable RoomListener listenerOf(String room) {
        LogListener current = listener;
        return current == null ? null : current.room(room);
    }

    private @Nullable Message message(LogBatch batch, int entry) {
        return orNull(() -> new Message(batch.text(entry, 3), batch.text(entry, 4)));
    }

    /** Anybody may write to the log: what no value can be made of is counted and skipped. */
    private <T> @Nullable T orNull(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            malformed.incrementAndGet();
            return null;
        }
    }

    void resync(IntPredicate partitions, ResyncCause cause) {
        if (cause != ResyncCause.CONNECTED) {
            resyncs.incrementAndGet();
            LOG.atWarn()
                    .addKeyValue("cause", cause.wireName())
                    .log("The log may have lost entries, proving continuity anew");
            guarded(() -> losses.accept(partitions));
        }
        LogListener current = listener;
        if (current != null) {
            guarded(() -> current.resync(partitions, cause));
        }
    }

    void up(IntPredicate read) {
        LogListener current = listener;
        if (current != null) {
            guarded(() -> current.up(read));
        }
    }

    void down(IntPredicate read) {
        LogListener current = listener;
        if (current != null) {
            guarded(() -> current.down(read));
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The log listener failed");
        }
    }
}
