package dev.sidestream.channel.redis;

/** What one read of a room returns at the most. */
final class ReadBounds {

    /** Publications. */
    static final int MAX_LIMIT = 1_000;

    /**
     * Bytes of their JSON values, besides one publication that alone is larger; a replay goes on from there.
     */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private ReadBounds() {}

    static int bytes(int asked) {
        return Math.clamp(asked, 1, MAX_BYTES);
    }
}
