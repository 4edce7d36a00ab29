package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import org.jspecify.annotations.Nullable;

/** A request to join on its way: what it read from the room's history, once it has. Confined to the layer's executor. */
final class Joiner {

    final JoinRequest request;

    /** What was read; null while it is being read. */
    @Nullable
    JoinOutcome read;

    /** Set when the member was greeted while the room was still behind what it has read. */
    @Nullable
    Position ahead;

    /** Where the next portion begins; null for the first one. */
    @Nullable
    Position from;

    /** Whether the member has its welcome, and only portions follow. */
    boolean greeted;

    int attempts;

    Joiner(JoinRequest request) {
        this.request = request;
    }

    boolean needsRead() {
        return request.since() != null || request.history() > 0;
    }
}
