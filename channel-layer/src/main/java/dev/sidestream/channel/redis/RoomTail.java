package dev.sidestream.channel.redis;

import dev.sidestream.channel.Position;
import org.jspecify.annotations.Nullable;

/**
 * The end of a room's history.
 *
 * @param last the newest position; null when the room has no life
 */
public record RoomTail(@Nullable Position last) {}
