package dev.sidestream.sessions.store;

import dev.sidestream.sessions.Authentication;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Keeps an eye on whether a resolver ever finds what it looks for, and says which setting to look at when it does not. */
final class Sightings {

    private final Advice advice;
    private final String resolver;
    private final String whereToLook;
    private volatile boolean found;

    Sightings(Advice advice, String resolver, String whereToLook) {
        this.advice = advice;
        this.resolver = resolver;
        this.whereToLook = whereToLook;
    }

    /** A session was found, whatever it was. */
    void found() {
        found = true;
    }

    /** A request brought a session cookie and none of its ids was found. */
    void nothingFound() {
        if (!found) {
            advice.warn(
                    "A well-formed " + resolver + " session cookie came, but no session has been found in Redis yet, or"
                            + " none that is stored as the site's would be. If users are logged in on the site, then "
                            + whereToLook
                            + " or sidestream.session.redis.url does not"
                            + " say where the site keeps its sessions.");
        }
    }

    Authentication unavailable(Throwable failure) {
        if (RedisErrors.isNotPermitted(failure)) {
            advice.warn("Redis does not permit reading " + resolver + " sessions. The user of the connection needs"
                    + " +@read on the keys that " + whereToLook + " describes.");
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        // Never the message: it could quote the key.
        return new Authentication.Unavailable(
                cause instanceof TimeoutException
                        ? "time-out"
                        : cause.getClass().getSimpleName());
    }
}
