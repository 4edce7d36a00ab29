package dev.sidestream.ws.consumer;

import dev.sidestream.ws.scope.Scope;

/** Decides before the upgrade whether a logged-in user may connect to a route. Must not block. */
@FunctionalInterface
public interface RouteCheck {

    /** Lets everybody in. */
    RouteCheck NONE = scope -> Verdict.WELCOME;

    Verdict check(Scope scope);

    /** What a route says to a scope. */
    enum Verdict {
        WELCOME,
        /** This user may not. */
        FORBIDDEN,
        /** The query cannot be understood. */
        MALFORMED
    }
}
