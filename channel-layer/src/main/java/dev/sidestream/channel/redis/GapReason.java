package dev.sidestream.channel.redis;

import java.util.Locale;

/** Why continuity after a position could not be proved. */
public enum GapReason {
    /** The position is older than what the room retains. */
    TRIMMED,
    /** The room lost its data or was idle for so long that it ended: another life of it has begun, or none. */
    EPOCH,
    /** The position names a publication that Redis does not have: it lost the end of the room, or never had it. */
    DIVERGED,
    /** Redis lost publications of the room that had been accepted, maybe some that follow the position; or one that cannot be read. */
    LOST,
    /** More publications followed than were asked for. */
    LIMIT;

    /** As it is spelled on the wire and in metrics. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
