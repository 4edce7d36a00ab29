package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;

/** What one value may cost to read. Used by one thread for one value. */
final class Budget {

    /** Bytes of one value, before and after decompression. */
    static final int MAX_BYTES = 64 * 1024;

    /** Levels of nesting. */
    static final int MAX_DEPTH = 32;

    /** Values, names and descriptions of any kind in one value. */
    static final int MAX_NODES = 5_000;

    private int nodes;
    private int depth;

    static void checkSize(byte[] bytes) throws UnreadableException {
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableException(Reason.TOO_LARGE);
        }
    }

    void node() throws UnreadableException {
        nodes(1);
    }

    /** Pays for several at once, before room for them is made. */
    void nodes(int count) throws UnreadableException {
        if (count < 0 || count > MAX_NODES - nodes) {
            throw new UnreadableException(Reason.TOO_MANY_NODES);
        }
        nodes += count;
    }

    void enter() throws UnreadableException {
        if (++depth > MAX_DEPTH) {
            throw new UnreadableException(Reason.TOO_DEEP);
        }
    }

    void leave() {
        depth--;
    }
}
