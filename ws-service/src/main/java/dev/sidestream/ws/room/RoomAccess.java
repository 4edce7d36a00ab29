package dev.sidestream.ws.room;

/** What a user may do in a room; each includes the one before. */
public enum RoomAccess {
    NONE,
    READ,
    WRITE
}
