package dev.sidestream.channel;

import java.nio.charset.StandardCharsets;

/**
 * A publication with its place in the room.
 *
 * @param position where it stands
 * @param timestamp when Redis accepted it, in milliseconds since 1970, by the clock of Redis
 * @param publication what was published; of one that is not {@link #isReadable} a JSON null of nobody
 */
public record StoredPublication(Position position, long timestamp, Publication publication) {

    private static final Publication UNREADABLE =
            new Publication(null, "null".getBytes(StandardCharsets.US_ASCII), null);

    /** One whose place is known and whose content is none that can be delivered: a script of somebody wrote it. */
    public static StoredPublication unreadable(Position position, long timestamp) {
        return new StoredPublication(position, timestamp, UNREADABLE);
    }

    /** Whether it can be delivered. One that cannot be counts in the continuity all the same. */
    @SuppressWarnings("ReferenceEquality") // there is one such value
    public boolean isReadable() {
        return publication != UNREADABLE;
    }
}
