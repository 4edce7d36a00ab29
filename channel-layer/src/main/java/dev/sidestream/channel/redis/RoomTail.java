package dev.sidestream.channel.redis;

import dev.sidestream.channel.Position;
import org.jspecify.annotations.Nullable;

/**
 * The end of a room's history.
 *
 * @param last position of the newest publication; null when the room retains none
 */
public record RoomTail(@Nullable Position last) {}
