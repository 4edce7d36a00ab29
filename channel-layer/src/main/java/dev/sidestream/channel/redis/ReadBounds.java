package dev.sidestream.channel.redis;

/** What one read of a room returns at the most. */
final class ReadBounds {

    /** Publications. */
    static final int MAX_LIMIT = 1_000;

    /**
     * Bytes of their JSON values, besides one publication that alone is larger; what does not fit counts as beyond the limit.
     */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private ReadBounds() {}
}
