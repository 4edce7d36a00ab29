package dev.sidestream.ws.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Names one login session so that it can be read again: the same for every socket of that session.
 *
 * @param resolver name of the resolver that read it
 * @param key where the session is kept, in the resolver's own spelling; a secret, never logged
 * @param fingerprint hash of what identity depends on (user, roles, validity), not of what a page view rewrites
 * @param deadline when it ends unless it is extended; null when it has no end
 */
public record SessionRef(
        String resolver,
        String key,
        long fingerprint,
        @Nullable Instant deadline) {

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "SessionRef[resolver=" + resolver + ", deadline=" + deadline + "]";
    }
}
