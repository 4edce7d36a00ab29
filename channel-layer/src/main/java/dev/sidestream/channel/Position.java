package dev.sidestream.channel;

import org.jspecify.annotations.Nullable;

/**
 * Where a publication stands in its room.
 *
 * @param epoch names one unbroken life of the room; 1 to 32 letters and digits
 * @param seq counts from 1 within the epoch, without holes
 * @param entryId id of the entry in the room's stream, as Redis issued it: {@code <ms>-<n>}
 */
public record Position(String epoch, long seq, String entryId) {

    /** The id that clients see: opaque to them, compared by equality only. Safe in a URL. */
    public String id() {
        return entryId + "." + seq + "." + epoch;
    }

    /** Reads {@link #id()} back; null when the text is none. */
    public static @Nullable Position parse(String id) {
        return PositionParser.parse(id);
    }
}
