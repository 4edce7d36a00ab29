package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.Replay;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member finds when it joins: history as of one instant, or a portion of it, and in the end with what came live since.
 *
 * @param first whether this is the first portion, which the welcome precedes
 * @param tail the position that it leads to; null for a room without history
 * @param resumed whether what follows its {@code since} is here, proved contiguous
 * @param gap why that could not be proved; null when it was, or was not asked for
 * @param publications what precedes the live ones, oldest first
 * @param left how many more follow in later portions
 * @param newest where the room stood when it was read; null as {@code tail} is
 */
public record JoinOutcome(
        boolean first,
        @Nullable Position tail,
        boolean resumed,
        Replay.@Nullable Gap gap,
        List<StoredPublication> publications,
        long left,
        @Nullable Position newest) {

    /** The newest publications, or none, of a room that stands at the tail. */
    static JoinOutcome recent(@Nullable Position tail, List<StoredPublication> publications) {
        return new JoinOutcome(true, tail, false, null, publications, 0, tail);
    }

    JoinOutcome later() {
        return new JoinOutcome(false, tail, resumed, gap, publications, left, newest);
    }

    /** With what was delivered in the room since it was read. */
    JoinOutcome with(List<StoredPublication> meanwhile) {
        if (meanwhile.isEmpty()) {
            return this;
        }
        List<StoredPublication> all = new ArrayList<>(publications);
        all.addAll(meanwhile);
        Position last = all.getLast().position();
        return new JoinOutcome(first, last, resumed, gap, all, left, last);
    }
}
