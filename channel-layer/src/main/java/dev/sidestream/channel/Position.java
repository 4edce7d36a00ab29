package dev.sidestream.channel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a publication stands in its room.
 *
 * @param epoch names one unbroken life of the room; 1 to 32 letters and digits
 * @param seq counts from 1 within the epoch, without holes; 0 before the first
 * @param entryId id of the entry in the room's stream, as Redis issued it: {@code <ms>-<n>}; of a position that is no
 *     publication's, one that every later entry is behind
 */
public record Position(String epoch, long seq, String entryId) {

    /** 19 digits hold every long; the longest accepted seq is 2^53 - 1, the last integer that JavaScript holds exactly. */
    private static final Pattern ID =
            Pattern.compile("(\\d{1,15}-\\d{1,15})\\.(0|[1-9]\\d{0,15})\\.([0-9A-Za-z]{1,32})");

    private static final int MAX_ID = 90;
    private static final long MAX_SEQ = (1L << 53) - 1;

    /** The id that clients see: opaque to them, compared by equality only. Safe in a URL. */
    public String id() {
        return entryId + "." + seq + "." + epoch;
    }

    /** Reads back what clients send; null for anything that {@link #id()} cannot have written. */
    public static @Nullable Position parse(String id) {
        if (id.length() > MAX_ID) {
            return null;
        }
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            return null;
        }
        long seq = Long.parseLong(matcher.group(2));
        return seq > MAX_SEQ ? null : new Position(matcher.group(3), seq, matcher.group(1));
    }
}
