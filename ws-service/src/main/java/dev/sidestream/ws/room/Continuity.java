package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.redis.log.EntryId;
import org.jspecify.annotations.Nullable;

/** How a publication stands to the last one that the members of its room have seen. */
enum Continuity {
    /** It is the next one. */
    NEXT,
    /** It has been seen before, because a reader that was cut off reads some entries again. */
    SEEN,
    /** It is neither: something is missing, or the room is not what it was. */
    BROKEN;

    static Continuity of(@Nullable Position last, Position next) {
        if (last == null) {
            return next.seq() == 1 ? NEXT : BROKEN;
        }
        if (!last.epoch().equals(next.epoch())) {
            return BROKEN;
        }
        if (next.seq() == last.seq() + 1) {
            return NEXT;
        }
        // A repeated or lower number with a later entry means that Redis lost the end of the room and issued it again.
        return next.seq() <= last.seq() && EntryId.compare(next.entryId(), last.entryId()) <= 0 ? SEEN : BROKEN;
    }
}
