package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sidestream.channel.Position;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows to have been accepted: the newest position of each room that it read in the log or had acknowledged, of
 * rooms without members here too. When Redis comes back with less, this node can say so to those who cannot know. Safe for
 * many threads.
 */
public final class Witness {

    /** A position is forgotten when a newer one, of any room, came this much later: by then replicas and files have it. */
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Rooms that are remembered at most; the one that was quiet for longest is forgotten first. About 150 bytes each. */
    private static final int MOST = 65_536;

    private static final byte[] NOTHING = {};

    private final ToIntFunction<String> partition;
    private final LongSupplier clock;

    /** In the order of the sightings. */
    private final LinkedHashMap<String, Sighting> sightings = new LinkedHashMap<>();

    /**
     * Makes one that has seen nothing.
     *
     * @param partition of a room
     * @param clock nanoseconds that only grow
     */
    public Witness(ToIntFunction<String> partition, LongSupplier clock) {
        this.partition = partition;
        this.clock = clock;
    }

    /** A publication stood in the log. */
    void read(String room, LogBatch batch, int entry) {
        remember(room, new Sighting(clock.getAsLong(), batch.joined(entry, 3, 5), null));
    }

    /** Redis has accepted a publication of this node. */
    public synchronized void acknowledged(String room, Position position) {
        Sighting before = sightings.get(room);
        Position known = before == null ? null : before.position();
        if (known == null || !known.epoch().equals(position.epoch()) || known.seq() < position.seq()) {
            remember(room, new Sighting(clock.getAsLong(), NOTHING, position));
        }
    }

    private synchronized void remember(String room, Sighting sighting) {
        sightings.remove(room);
        sightings.put(room, sighting);
        Iterator<Sighting> eldest = sightings.values().iterator();
        // Two at a time, so that what is forgotten keeps up with what comes, at a bounded cost each.
        for (int i = 0; i < 2 && eldest.hasNext(); i++) {
            boolean old = sighting.nanos - eldest.next().nanos > MEMORY_NANOS;
            if (old || sightings.size() > MOST) {
                eldest.remove();
            }
        }
    }

    /** The newest position of each room of some partitions, as this node knows it. */
    public List<Known> known(IntPredicate partitions) {
        List<Map.Entry<String, Sighting>> all;
        synchronized (this) {
            all = new ArrayList<>(sightings.entrySet());
        }
        List<Known> known = new ArrayList<>();
        for (Map.Entry<String, Sighting> one : all) {
            Position position = one.getValue().position();
            if (position != null && partitions.test(partition.applyAsInt(one.getKey()))) {
                known.add(new Known(one.getKey(), position));
            }
        }
        return known;
    }

    /** A room, and a position in it that was accepted. */
    public record Known(String room, Position position) {}

    /**
     * One sighting.
     *
     * @param raw entry id, epoch and seq with blanks between them, as they were read; most are never looked at
     * @param acknowledged instead of them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sighting(
            long nanos, byte[] raw, @Nullable Position acknowledged) {

        @Nullable
        Position position() {
            if (acknowledged != null) {
                return acknowledged;
            }
            String[] parts = new String(raw, US_ASCII).split(" ", -1);
            return parts.length == 3 ? Position.parse(parts[0] + "." + parts[2] + "." + parts[1]) : null;
        }
    }
}
