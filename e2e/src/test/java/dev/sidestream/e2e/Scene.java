package dev.sidestream.e2e;

import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.system.RunningSystem;

/**
 * What a test of the way in begins with.
 *
 * @param system the running system
 * @param alice signed in on the site, for this test alone
 * @param room that no other test uses
 */
record Scene(RunningSystem system, Visitor alice, String room) {

    /** @param what the room is named after */
    static Scene in(RunningSystem system, String what) {
        return new Scene(system, Visitor.signIn(system, "alice"), Visitor.newRoom(what));
    }

    /** Her handshake for the room in plain mode, through nginx. */
    HandshakeRequest plain() {
        return alice.plain(room, "");
    }

    /** Her handshake for the room in full mode, through nginx. */
    HandshakeRequest full() {
        return alice.full(room, "");
    }

    /** Her handshake through nginx for any target. */
    HandshakeRequest handshake(String target) {
        return system.handshake(target, alice.cookie());
    }

    /** Her handshake at a node, past nginx, for any target. */
    HandshakeRequest direct(String target) {
        return system.handshakeAt(system.node(0), target, alice.cookie());
    }

    /** The address of the room. */
    String path() {
        return "/chat/" + room + "/";
    }
}
