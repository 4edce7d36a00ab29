package dev.sidestream.sessions.store;

import dev.sidestream.sessions.Authentication;

/** How the answers about several credentials of one request become one. */
public final class Verdicts {

    /** The one of them all. */
    public static final Authentication ANONYMOUS = new Authentication.Anonymous();

    private Verdicts() {}

    /** The answer that says more; a store that failed is never taken for "not logged in". */
    public static Authentication better(Authentication first, Authentication second) {
        return weight(second) > weight(first) ? second : first;
    }

    private static int weight(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Authenticated authenticated -> 3;
            case Authentication.Unavailable unavailable -> 2;
            case Authentication.Expired expired -> 1;
            case Authentication.Anonymous anonymous -> 0;
        };
    }
}
