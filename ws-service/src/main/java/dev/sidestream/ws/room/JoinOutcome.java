package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member finds when it joins: history as of one instant, and in the end with what came live since.
 *
 * @param tail the newest position at its join point; null for a room without history
 * @param resumed whether everything after its {@code since} follows, proved contiguous
 * @param gap why that could not be proved; null when it was, or was not asked for
 * @param publications what precedes the live ones, oldest first
 */
public record JoinOutcome(
        @Nullable Position tail, boolean resumed, @Nullable GapReason gap, List<StoredPublication> publications) {}
