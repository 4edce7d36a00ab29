package dev.sidestream.channel.redis;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows a position in a room, read at one instant. */
public sealed interface Replay {

    /**
     * What was accepted after the position, without a hole.
     *
     * @param publications oldest first; empty when nothing followed
     * @param tail of the last publication, or the position that was asked from
     * @param left how many more follow at least, which did not fit into one read, or stand behind a gap; they are read from the tail
     *     on
     * @param newest where the room stands
     */
    record Contiguous(List<StoredPublication> publications, Position tail, long left, Position newest)
            implements Replay {

        public Contiguous {
            publications = List.copyOf(publications);
        }
    }

    /**
     * It cannot be proved that nothing is missing after the position. What follows the gap is read from {@code next} on, and is only
     * what is later than the position that was asked from.
     *
     * @param reason why
     * @param older publications that are later than the position, and of an epoch that ended before the present one: the
     *     room ends there what it retains of it; oldest first
     * @param next the position behind the gap; null when the room has no life, and Redis takes no writes that begin one
     * @param firstId entry id of the first publication that follows it; null when there is none
     * @param left how many follow it
     * @param newest where the room stands; null as {@code next} is
     */
    record Gap(
            GapReason reason,
            List<StoredPublication> older,
            @Nullable Position next,
            @Nullable String firstId,
            long left,
            @Nullable Position newest)
            implements Replay {

        public Gap {
            older = List.copyOf(older);
        }

        /** Of a room that nothing is known of. */
        public static Gap ofNothing(GapReason reason) {
            return new Gap(reason, List.of(), null, null, 0, null);
        }

        /** Position of the first publication behind the gap, an older one or that which follows; null when there is none. */
        public @Nullable Position first() {
            if (!older.isEmpty()) {
                return older.getFirst().position();
            }
            return next == null || firstId == null ? null : new Position(next.epoch(), next.seq() + 1, firstId);
        }
    }
}
