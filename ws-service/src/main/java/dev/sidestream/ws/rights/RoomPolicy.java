package dev.sidestream.ws.rights;

import dev.sidestream.sessions.User;

/**
 * Who may read and write which room. Asked at the handshake and at each message, on an event loop: it must not block. A bean of
 * this type replaces the default, which lets every logged-in user write everywhere.
 */
@FunctionalInterface
public interface RoomPolicy {

    /**
     * Decides what a user may do in a room.
     *
     * @param user who asks
     * @param room the room's normalised name
     */
    RoomAccess access(User user, String room);
}
