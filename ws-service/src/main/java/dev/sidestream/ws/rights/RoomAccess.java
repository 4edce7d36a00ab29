package dev.sidestream.ws.rights;

/** What a user may do in a room; each includes the one before. */
public enum RoomAccess {
    NONE,
    READ,
    WRITE
}
