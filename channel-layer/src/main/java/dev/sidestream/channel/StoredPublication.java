package dev.sidestream.channel;

/**
 * A publication with its place in the room.
 *
 * @param position where it stands
 * @param timestamp when Redis accepted it, in milliseconds since 1970, by the clock of Redis
 * @param publication what was published
 */
public record StoredPublication(Position position, long timestamp, Publication publication) {}
