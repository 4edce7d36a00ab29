package dev.sidestream.channel.redis;

import dev.sidestream.channel.Message;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the log holds to those on this node who want it. Confined to the executor of the layer. */
final class LogDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(LogDispatch.class);

    private final LocalChannels channels;
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();
    private volatile @Nullable LogListener listener;

    LogDispatch(LocalChannels channels) {
        this.channels = channels;
    }

    void listen(LogListener newListener) {
        listener = newListener;
    }

    boolean hasListener() {
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
        if (!Entries.isWellFormed(batch, entry)) {
            malformed.incrementAndGet();
            return;
        }
        String name = batch.text(entry, 1);
        switch ((char) batch.kind(entry)) {
            case Entries.PUBLICATION -> publication(batch, entry, name);
            case Entries.TO_CHANNEL -> {
                if (channels.exists(name)) {
                    channels.toChannel(name, message(batch, entry));
                }
            }
            case Entries.TO_GROUP -> {
                if (channels.hasMembers(name)) {
                    channels.toGroup(name, message(batch, entry));
                }
            }
            case Entries.ADD -> channels.add(name, batch.text(entry, 2));
            case Entries.DISCARD -> channels.discard(name, batch.text(entry, 2));
            default -> malformed.incrementAndGet();
        }
    }

    private void publication(LogBatch batch, int entry, String room) {
        LogListener current = listener;
        RoomListener members = current == null ? null : current.room(room);
        if (members != null) {
            members.publication(Entries.publication(batch, entry));
        }
    }

    private static Message message(LogBatch batch, int entry) {
        return new Message(batch.text(entry, 2), batch.text(entry, 3));
    }

    void resync(IntPredicate partitions, String cause) {
        resyncs.incrementAndGet();
        LogListener current = listener;
        if (current != null) {
            guarded(() -> current.resync(partitions, cause));
        }
    }

    void up() {
        LogListener current = listener;
        if (current != null) {
            guarded(current::up);
        }
    }

    void down() {
        LogListener current = listener;
        if (current != null) {
            guarded(current::down);
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
