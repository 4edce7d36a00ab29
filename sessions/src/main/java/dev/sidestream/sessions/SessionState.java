package dev.sidestream.sessions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one look at a session in its store said. A store that does not answer is an exception, never one of these. */
public sealed interface SessionState {

    /**
     * Somebody is logged in.
     *
     * @param fingerprint as in {@link SessionRef}: another one means another identity or other roles
     * @param deadline by this machine's clock; null when the session has no end
     */
    record Login(User user, long fingerprint, @Nullable Instant deadline) implements SessionState {}

    /** A session is there, and nobody is logged in with it, or it cannot be read. */
    record NoLogin() implements SessionState {}

    /** A session is there that the framework itself takes for ended: logged out, expired, or pushed out by another login. */
    record Ended() implements SessionState {}

    /** There is no session under that key. */
    record Missing() implements SessionState {}
}
