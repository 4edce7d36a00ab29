package dev.sidestream.ws.fanout;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to join on its way: what it read from the room's history, once it has. Confined to the layer's executor. */
final class Joiner {

    final JoinRequest request;

    /** What was read; null while it is being read. */
    @Nullable
    Read read;

    /** Set when the member was greeted while the room was still behind what it has read. */
    @Nullable
    Position ahead;

    int attempts;

    Joiner(JoinRequest request) {
        this.request = request;
    }

    boolean needsRead() {
        return request.since() != null || request.history() > 0;
    }

    /**
     * History as of one instant.
     *
     * @param tail the newest position at that instant; null for a room without history
     * @param resumed whether the publications follow the asked position without a hole
     * @param gap why they do not; null when they do, or no position was asked
     */
    record Read(
            @Nullable Position tail,
            boolean resumed,
            @Nullable GapReason gap,
            List<StoredPublication> publications) {}
}
