package dev.sidestream.channel;

/**
 * The answer to a publication.
 *
 * @param position where it stands in the room
 * @param duplicate true when it had been accepted before under the same cid and nothing was appended now
 */
public record Receipt(Position position, boolean duplicate) {}
