package dev.sidestream.sessions;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Knows the sessions of one framework. Safe for use by many threads; never blocks. A bean of this type in an application that
 * uses ws-service as a library is asked as well, after those that {@code sidestream.session.resolvers} names.
 */
public interface SessionResolver {

    /** What it is called in the settings and in {@link SessionRef#resolver()}; unique. */
    String name();

    /**
     * Who the request is from. {@link Authentication.Anonymous} when this resolver does not know its credentials, so that the
     * next one is asked. Exactly one answer; an error is taken for {@link Authentication.Unavailable}.
     */
    Mono<Authentication> resolve(Credentials credentials);

    /** Reads a session of its own again, past every cache. Exactly one answer, as above. */
    Mono<Authentication> reread(SessionRef session);

    /** How to look at its sessions in Redis while sockets stand on them; null when they cannot be watched there. */
    default @Nullable StoredSessions stored() {
        return null;
    }
}
