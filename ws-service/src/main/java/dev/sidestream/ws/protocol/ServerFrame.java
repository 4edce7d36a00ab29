package dev.sidestream.ws.protocol;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the service sends. Plain mode knows only {@link Published}, {@link Failure} and {@link Gap}. */
public sealed interface ServerFrame {

    /** The first frame of a connection in full mode. */
    record Welcome(
            String connection,
            String node,
            String room,
            String user,
            @Nullable Position tail,
            boolean resumed,
            int replayed,
            Duration ping,
            WelcomeLimits limits,
            @Nullable Duration sessionTtl)
            implements ServerFrame {}

    /**
     * Messages may be missing here. What follows is only what the client has not had.
     *
     * @param since where continuity ended, as the client knows it; null when it knows none
     * @param first where it begins again; null when the room holds nothing that is later
     * @param next the position after the gap, to go on from; null when the room has none
     * @param reason {@code trimmed, epoch, diverged, lost} or {@code limit}
     */
    record Gap(
            @Nullable String since,
            @Nullable Position first,
            @Nullable Position next,
            String reason) implements ServerFrame {

        /** Of one publication that has a place in the room, and no content that could be delivered. */
        public static Gap unreadable(@Nullable Position before, Position itself) {
            return new Gap(before == null ? null : before.id(), null, itself, "lost");
        }
    }

    /** This node cannot hear Redis now: what others say comes later. */
    record Degraded() implements ServerFrame {}

    /** This node hears Redis again. */
    record Restored() implements ServerFrame {}

    /**
     * A message of the room.
     *
     * @param withCid whether the receiver is the author, who alone sees the cid
     */
    record Published(StoredPublication publication, boolean withCid) implements ServerFrame {}

    /** The message with this cid is in Redis. */
    record Ack(String cid, Position position, boolean duplicate) implements ServerFrame {}

    /**
     * A frame was not carried out.
     *
     * @param retryAfter present when the same frame may be sent again after it; null when not
     */
    record Failure(
            ErrorCode code,
            String text,
            @Nullable String cid,
            @Nullable String rid,
            @Nullable Duration retryAfter) implements ServerFrame {

        public static Failure of(ErrorCode code) {
            return new Failure(code, code.text(), null, null, null);
        }
    }

    /** A page of history. */
    record History(@Nullable String rid, List<StoredPublication> messages, boolean more) implements ServerFrame {}

    /** A sign of life that scripts can see. */
    record Ping() implements ServerFrame {}

    /** The answer to a client's ping. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pong(byte @Nullable [] json) implements ServerFrame {}

    /** The session ends unless the site extends it. */
    record SessionEnding(Duration left) implements ServerFrame {}

    /**
     * The last frame before a close.
     *
     * @param retryAfter when to come back; null when the code says it all
     */
    record Bye(CloseCode code, @Nullable Duration retryAfter) implements ServerFrame {}
}
