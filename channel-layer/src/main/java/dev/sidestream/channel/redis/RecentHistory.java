package dev.sidestream.channel.redis;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest publications of a room at one instant.
 *
 * @param publications oldest first
 * @param tail the newest position of the room; null when it has no life
 */
public record RecentHistory(
        List<StoredPublication> publications, @Nullable Position tail) {

    public RecentHistory {
        publications = List.copyOf(publications);
    }
}
