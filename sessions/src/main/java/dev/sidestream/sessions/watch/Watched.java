package dev.sidestream.sessions.watch;

import dev.sidestream.sessions.SessionRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of one watched session. Confined to the thread of the watch. */
final class Watched {

    /** A deadline or due time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    /** Deadlines that are no further apart are one. */
    private static final long SAME_MILLIS = 1_000;

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

    /**
     * The time to live that the site gave it when it last set one, in milliseconds; less by as much as it was read later. Not what
     * a touch of ours gave it, so that touches one after the other wear nothing off.
     */
    long life;

    /** The deadline that the last touch makes, if it extends it at all. */
    private long extendedTo;

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
        long before = deadline;
        deadline = end == null ? NEVER : end.toEpochMilli();
        if (end != null && !isNear(deadline, before) && !isNear(deadline, extendedTo)) {
            life = deadline - System.currentTimeMillis();
        }
    }

    /** It is about to be given its whole life again, by us. */
    void extending() {
        extendedTo = System.currentTimeMillis() + life;
    }

    /** Clocks and answers take their time. */
    private static boolean isNear(long deadline, long other) {
        return Math.abs(deadline - other) <= SAME_MILLIS;
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
