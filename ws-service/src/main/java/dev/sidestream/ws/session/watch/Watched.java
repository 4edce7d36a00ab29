package dev.sidestream.ws.session.watch;

import dev.sidestream.ws.session.SessionRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of one watched session. Confined to the thread of the watch. */
final class Watched {

    /** A deadline or due time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    /** Which session. */
    record Name(String resolver, String key) {
        static Name of(SessionRef session) {
            return new Name(session.resolver(), session.key());
        }
    }

    final Name name;

    /** How many sockets stand on it; none means that it is not watched any more. */
    int sockets = 1;

    long fingerprint;

    /** Some of its sockets were admitted with another fingerprint. */
    boolean mixed;

    /** The listener has heard of its end; remembered until its last socket is gone. */
    boolean ended;

    /** In milliseconds since 1970 by this machine's clock. */
    long deadline;

    /** The longest time to live that was seen, in milliseconds: what the site gives a session, as far as we know. */
    long longest;

    /** When {@link Deadlines} looks at it next; earlier than need be after the deadline was extended. */
    long due = NEVER;

    boolean warned;

    /** A change was noticed and is about to be read. */
    boolean changed;

    boolean queued;
    boolean reading;

    /** To be read once more after the read that is under way. */
    boolean again;

    /** The last read failed. */
    boolean failed;

    /** Its slot of the Cluster is on the way to another master. */
    boolean moving;

    /** {@link System#nanoTime} of the last good read. */
    long verified;

    /** {@link System#nanoTime} when Redis told of the change that is not read yet; 0 when there is none. */
    long noticed;

    /** {@link System#nanoTime} of the last touch; 0 for none. */
    long touched;

    /** What Redis will tell of changes; null when nobody will. */
    @Nullable
    Tracking tracking;

    Watched(SessionRef session, long now) {
        name = Name.of(session);
        fingerprint = session.fingerprint();
        verified = now;
        setDeadline(session.deadline());
    }

    void setDeadline(@Nullable Instant end) {
        deadline = end == null ? NEVER : end.toEpochMilli();
        if (end != null) {
            longest = Math.max(longest, deadline - System.currentTimeMillis());
        }
    }

    boolean isTracked() {
        return tracking != null && tracking.isAlive();
    }

    /** {@link System#nanoTime} up to which it is known to have lived. */
    long knownUntil() {
        return tracking == null || tracking.lastHeard() - verified < 0 ? verified : tracking.lastHeard();
    }

    SessionRef ref() {
        return new SessionRef(
                name.resolver(), name.key(), fingerprint, deadline == NEVER ? null : Instant.ofEpochMilli(deadline));
    }
}
