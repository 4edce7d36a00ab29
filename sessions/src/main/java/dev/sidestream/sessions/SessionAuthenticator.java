package dev.sidestream.sessions;

import reactor.core.publisher.Mono;

/** Finds out who a request is from. Safe for use by many threads. */
public interface SessionAuthenticator {

    /** Exactly one answer; never empty, never an error (a store that fails is {@link Authentication.Unavailable}). */
    Mono<Authentication> authenticate(Credentials credentials);

    /**
     * Reads a session again, past every cache: what it says now. Exactly one answer, as above. Called once after a connection
     * was registered, to close the window between the check and the registration.
     */
    Mono<Authentication> reread(SessionRef session);
}
