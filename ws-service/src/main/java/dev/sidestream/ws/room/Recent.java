package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a room delivered since the first of those who read its history now: the newest 1 MiB of it. Kept only while somebody wants
 * it.
 */
final class Recent {

    private static final long MOST = 1024 * 1024;

    private static final long OVERHEAD = 200;

    private final ArrayDeque<StoredPublication> publications = new ArrayDeque<>(1);
    private long bytes;
    private int wanting;

    void wanted() {
        wanting++;
    }

    void unwanted() {
        if (--wanting == 0) {
            publications.clear();
            bytes = 0;
        }
    }

    void add(StoredPublication publication) {
        if (wanting == 0) {
            return;
        }
        publications.add(publication);
        bytes += size(publication);
        while (bytes > MOST && publications.size() > 1) {
            bytes -= size(publications.remove());
        }
    }

    private static long size(StoredPublication publication) {
        return OVERHEAD + publication.publication().json().length;
    }

    /**
     * What was delivered after a position, up to another one of the same epoch, whole.
     *
     * @param tail null for the beginning of the room
     * @param last where the room stands; null when it has nothing
     * @return null when some of it is not here
     */
    @Nullable
    List<StoredPublication> between(@Nullable Position tail, @Nullable Position last) {
        if (last == null) {
            return List.of();
        }
        List<StoredPublication> found = new ArrayList<>();
        long seq = tail == null ? 0 : tail.seq();
        for (StoredPublication publication : publications) {
            Position position = publication.position();
            if (position.epoch().equals(last.epoch()) && position.seq() > (tail == null ? 0 : tail.seq())) {
                if (position.seq() != ++seq) {
                    return null;
                }
                found.add(publication);
            }
        }
        return seq == last.seq() ? found : null;
    }
}
