package dev.sidestream.sessions.store;

import dev.sidestream.sessions.format.Node;
import org.jspecify.annotations.Nullable;

/** Fourth stage: whom a session's content means. */
@FunctionalInterface
public interface IdentityRule {

    /** Null when nobody is logged in. */
    @Nullable
    Identity identify(Node session);
}
