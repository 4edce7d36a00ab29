package dev.sidestream.sessions.watch;

import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.SessionWatch.Listener;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a session means: tells the listener of its end, of a change and of an end that is near, and knows when to look
 * again. Confined to the thread of the watch, on which the listener is called.
 */
final class Judge {

    /** After a deadline, so that a read of the key is certain to find it expired; Redis counts whole milliseconds. */
    private static final long PAST_DEADLINE_MILLIS = 2;

    /** A session that vanishes this close to its deadline has expired: clocks and answers take their time. */
    private static final long NEAR_DEADLINE_MILLIS = 1_000;

    /** The least time between two looks at a deadline that does not come. */
    private static final long PATIENCE_MILLIS = 50;

    private final SessionLifeProperties settings;
    private final SessionReads reads;
    private final WatchMetrics metrics;
    private final Consumer<Watched> look;
    private final Deadlines deadlines;
    private @Nullable Listener listener;

    /** @param look has a session read at once */
    Judge(
            SessionLifeProperties settings,
            SessionReads reads,
            WatchMetrics metrics,
            EventExecutor executor,
            Consumer<Watched> look) {
        this.settings = settings;
        this.reads = reads;
        this.metrics = metrics;
        this.look = look;
        this.deadlines = new Deadlines(executor, this::due);
    }

    void listen(Listener newListener) {
        listener = newListener;
    }

    /** Its last socket is gone. */
    void forget(Watched session) {
        deadlines.forget(session);
    }

    /** It was read. */
    void judge(Watched session, SessionState state) {
        if (state instanceof SessionState.Login login) {
            if (login.fingerprint() != session.fingerprint || session.mixed) {
                boolean isNew = login.fingerprint() != session.fingerprint;
                session.fingerprint = login.fingerprint();
                session.mixed = false;
                tell(session, SessionEnd.CHANGED, isNew);
            }
            session.noticed = 0;
            session.setDeadline(login.deadline());
            lives(session);
        } else {
            boolean expired = session.deadline - System.currentTimeMillis() <= NEAR_DEADLINE_MILLIS;
            over(session, expired ? SessionEnd.EXPIRED : SessionEnd.LOGGED_OUT);
        }
    }

    /** Sockets may not stand on it any longer. */
    void over(Watched session, SessionEnd reason) {
        session.ended = true;
        deadlines.forget(session);
        tell(session, reason, true);
    }

    /** Sees to it that it is looked at in time. */
    void plan(Watched session) {
        long next = next(session);
        if (next != Watched.NEVER) {
            deadlines.announce(session, Math.max(next, System.currentTimeMillis() + PATIENCE_MILLIS));
        }
    }

    private void due(Watched session) {
        long now = System.currentTimeMillis();
        if (next(session) > now) {
            plan(session); // it was extended since
        } else if (reads.isStored(session)) {
            look.accept(session);
        } else if (session.deadline <= now) {
            over(session, SessionEnd.EXPIRED);
        } else {
            lives(session);
        }
    }

    private void lives(Watched session) {
        long left = session.deadline - System.currentTimeMillis();
        boolean soon = session.deadline != Watched.NEVER && left <= warning(session);
        if (soon != session.warned && session.deadline != Watched.NEVER) {
            session.warned = soon;
            Listener hearing = listener;
            if (hearing != null && left > 0) {
                hearing.sessionExpiring(session.ref(), Duration.ofMillis(left));
            }
        }
        plan(session);
    }

    private void tell(Watched session, SessionEnd reason, boolean measured) {
        if (measured) {
            metrics.ended(reason, delay(session, reason));
        }
        session.noticed = 0;
        Listener hearing = listener;
        if (hearing != null) {
            hearing.sessionEnded(session.ref(), reason);
        }
    }

    private static long delay(Watched session, SessionEnd reason) {
        return switch (reason) {
            case EXPIRED -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - session.deadline);
            case LOGGED_OUT, CHANGED ->
                System.nanoTime() - (session.noticed == 0 ? session.knownUntil() : session.noticed);
            case UNVERIFIABLE -> System.nanoTime() - session.knownUntil();
        };
    }

    private long next(Watched session) {
        if (session.deadline == Watched.NEVER) {
            return Watched.NEVER;
        }
        long warning = warning(session);
        return warning == 0 || session.warned ? session.deadline + PAST_DEADLINE_MILLIS : session.deadline - warning;
    }

    private long warning(Watched session) {
        return Math.min(settings.warning().toMillis(), session.life / 4);
    }
}
