package dev.sidestream.channel.redis;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest publications of a room at one instant.
 *
 * @param publications oldest first, contiguous among themselves
 * @param tail position of the newest one; null when the room retains none
 */
public record RecentHistory(
        List<StoredPublication> publications, @Nullable Position tail) {

    public RecentHistory {
        publications = List.copyOf(publications);
    }

    static RecentHistory of(List<StoredPublication> publications) {
        return new RecentHistory(
                publications,
                publications.isEmpty() ? null : publications.getLast().position());
    }
}
