package dev.sidestream.ws.protocol;

import org.jspecify.annotations.Nullable;

/** What a client sent. */
public sealed interface ClientFrame {

    /**
     * A message for the room.
     *
     * @param json the payload, one valid JSON value, the bytes as the client wrote them
     * @param cid the client's own id of it, 1 to 64 characters of Unicode; null when it wants neither ack nor retry
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Publish(byte[] json, @Nullable String cid) implements ClientFrame {}

    /**
     * Asks for a page of history; at most one of the two ends is given.
     *
     * @param rid the client's id of the request, 1 to 64 characters of Unicode; null for none
     * @param before id that the page ends before; null for the newest
     * @param after id that the page begins after; null for none
     * @param limit 1 to 1,000
     */
    record History(
            @Nullable String rid,
            @Nullable String before,
            @Nullable String after,
            int limit) implements ClientFrame {}

    /**
     * A probe by a page's script, which cannot see control frames.
     *
     * @param json any small JSON value to be echoed; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ping(byte @Nullable [] json) implements ClientFrame {}

    /** The answer to a JSON ping of ours; only a sign of life. */
    record Pong() implements ClientFrame {}

    /** What could not be understood, with as much of its ids as could be read. */
    record Unreadable(
            ErrorCode code,
            String text,
            @Nullable String cid,
            @Nullable String rid) implements ClientFrame {}
}
