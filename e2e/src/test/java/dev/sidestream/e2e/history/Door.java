package dev.sidestream.e2e.history;

import dev.sidestream.e2e.client.HandshakeRequest;

/** How a {@link Member} gets into its room. */
public interface Door {

    /** The handshake for a new socket; the query is empty or begins with a question mark. */
    HandshakeRequest handshake(String query);

    /** Called when the member was told that it is not signed in. */
    default void signInAgain() {}
}
