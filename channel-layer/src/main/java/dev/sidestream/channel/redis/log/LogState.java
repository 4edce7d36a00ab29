package dev.sidestream.channel.redis.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What Redis says about one log when a reader connects.
 *
 * @param first id of the oldest entry; {@code 0-0} when it is empty
 * @param last id of the newest entry; {@code 0-0} when it is empty
 * @param mark names the life of the log; empty when there is none and none could be made
 * @param count of all entries that the log has had up to the newest; -1 when it is empty, or the entry does not say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record LogState(byte[] first, byte[] last, byte[] mark, long count) {

    static final byte[] NO_MARK = {};

    /** Where a reader begins that has read nothing yet: behind what is there, at a concrete id. */
    LogPosition begin() {
        return new LogPosition(last, mark, count);
    }

    /**
     * What happened to the log since a reader stood at the position; null when every entry after it is still to be read.
     *
     * @param restarted whether another server process answers now: it may have lost the end of the log
     */
    @Nullable
    ResyncCause lossSince(LogPosition position, boolean restarted) {
        if (position.mark().length > 0 && isAnother(position)) {
            return ResyncCause.FLUSHED;
        }
        if (restarted) {
            return ResyncCause.RESTARTED;
        }
        if (isEmpty() && !Arrays.equals(position.cursor(), EntryId.ZERO)) {
            return ResyncCause.EMPTIED;
        }
        return isTrimmed(position.cursor(), first) ? ResyncCause.TRIMMED : null;
    }

    /**
     * Whether entries after the cursor may have been removed, when the oldest one left is the given one. Behind a log that was empty
     * nobody knows which entry was its first.
     */
    static boolean isTrimmed(byte[] cursor, byte[] oldest) {
        return EntryId.isBefore(cursor, oldest);
    }

    /**
     * Where a reader goes on. A log whose ids went backwards is read from its end, since what it lost is found by resync; one
     * that is merely empty, since all its entries grew old, keeps its cursor.
     */
    LogPosition continueFrom(LogPosition position) {
        boolean backwards = EntryId.isBefore(last, position.cursor()) && (isAnother(position) || !isEmpty());
        return backwards ? begin() : new LogPosition(position.cursor(), mark, position.count());
    }

    private boolean isEmpty() {
        return Arrays.equals(last, EntryId.ZERO);
    }

    private boolean isAnother(LogPosition position) {
        return !Arrays.equals(position.mark(), mark);
    }
}
