package dev.sidestream.ws.room;

import dev.sidestream.channel.StoredPublication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes for a room while it is proved what precedes it. Bounded in bytes: beyond them nothing is kept, and the room is
 * proved once more.
 */
final class HeldBack {

    /** 8 MiB, which is what a room retains. */
    private static final long MOST = 8 * 1024 * 1024;

    private static final int OVERHEAD = 200;

    private List<StoredPublication> publications = new ArrayList<>();
    private @Nullable String ended;
    private long bytes;
    private boolean incomplete;

    void add(StoredPublication publication) {
        bytes += publication.publication().json().length + OVERHEAD;
        if (bytes > MOST) {
            incomplete = true;
            publications = List.of();
        } else if (!incomplete) {
            publications.add(publication);
        }
    }

    /** An epoch has ended meanwhile. */
    void broken(String epoch) {
        ended = epoch;
    }

    boolean hasEnded(String epoch) {
        return epoch.equals(ended);
    }

    /** Whether some were not kept. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** Oldest first; none when it is incomplete. */
    List<StoredPublication> publications() {
        return publications;
    }
}
