package dev.sidestream.channel.redis;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows a position in a room, read at one instant. */
public sealed interface Replay {

    /**
     * Everything that was accepted after the position, without a hole.
     *
     * @param publications oldest first; empty when nothing followed
     * @param tail the newest position of the room: of the last publication, or the one that was asked from
     */
    record Contiguous(List<StoredPublication> publications, Position tail) implements Replay {

        public Contiguous {
            publications = List.copyOf(publications);
        }
    }

    /**
     * It cannot be proved that nothing is missing after the position.
     *
     * @param reason why
     * @param first position of the first publication here; null when there is none
     * @param publications the newest ones, oldest first, contiguous among themselves
     * @param tail the newest position of the room; null when it retains nothing
     */
    record Gap(
            GapReason reason,
            @Nullable Position first,
            List<StoredPublication> publications,
            @Nullable Position tail) implements Replay {

        public Gap {
            publications = List.copyOf(publications);
        }

        static Gap of(GapReason reason, List<StoredPublication> publications) {
            return publications.isEmpty()
                    ? new Gap(reason, null, publications, null)
                    : new Gap(
                            reason,
                            publications.getFirst().position(),
                            publications,
                            publications.getLast().position());
        }
    }
}
