package dev.sidestream.channel.redis.log;

import java.util.Locale;

/** Why the continuity of rooms must be proved anew. */
public enum ResyncCause {
    /** The log is read for the first time: what was accepted before that is behind its reader. */
    CONNECTED,
    /** A log that had entries has none: they grew old, or were thrown away before they were read. */
    EMPTIED,
    /** Entries behind the reader's place were removed before it came to them, or are not counted as they should be. */
    TRIMMED,
    /** The logs of another life are there. */
    FLUSHED,
    /** Another server process answers: it may have lost the end of the log. */
    RESTARTED,
    /** A publication came that does not follow the last one. */
    HOLE,
    /** A node has told that Redis lost publications of the room. */
    BREAK,
    /** Redis did not answer an earlier proof. */
    RETRY;

    /** As it is spelled in metrics and logs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
