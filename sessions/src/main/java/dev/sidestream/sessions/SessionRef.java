package dev.sidestream.sessions;

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

    /**
     * Whether this is the session that a site knows by an id: the key ends with it, as it does in Redis whatever the framework;
     * or, where the key is all cookies that a request brought, the value of one of them does.
     */
    public boolean isOf(String id) {
        for (int end = key.length(); end >= 0; end = key.lastIndexOf(';', end - 1)) {
            int quote = end > 0 && key.charAt(end - 1) == '"' ? 1 : 0;
            if (key.startsWith(id, end - quote - id.length())) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "SessionRef[resolver=" + resolver + ", deadline=" + deadline + "]";
    }
}
