package dev.sidestream.sessions.watch;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wakes up when the next session is due, by the wall clock. A session that becomes due later than announced is left in its
 * place and looked at early, since a page view must not cost a reordering. Confined to the executor.
 */
final class Deadlines {

    private static final int MUCH = 1_000;

    private final EventExecutor executor;
    private final Consumer<Watched> due;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private @Nullable ScheduledFuture<?> wake;
    private long wakeAt = Watched.NEVER;
    private int stale;

    private record Due(long at, Watched session) {}

    /** @param due is handed each session once its announced time has come */
    Deadlines(EventExecutor executor, Consumer<Watched> due) {
        this.executor = executor;
        this.due = due;
    }

    /** Announces that a session is due at a time, in milliseconds since 1970. */
    void announce(Watched session, long at) {
        if (at >= session.due) {
            return;
        }
        session.due = at;
        queue.add(new Due(at, session));
        arm();
    }

    /** Takes a session out; what is left of it goes when there is much of that. */
    void forget(Watched session) {
        if (session.due != Watched.NEVER) {
            session.due = Watched.NEVER;
            if (++stale > MUCH && stale > queue.size() / 2) {
                queue.removeIf(waiting -> waiting.session.due != waiting.at);
                stale = 0;
            }
        }
    }

    private void arm() {
        Due first = queue.peek();
        if (first == null || first.at >= wakeAt) {
            return;
        }
        if (wake != null) {
            wake.cancel(false);
        }
        wakeAt = first.at;
        long delay = Math.max(0, first.at - System.currentTimeMillis());
        wake = executor.schedule(this::fire, delay, TimeUnit.MILLISECONDS);
    }

    private void fire() {
        wakeAt = Watched.NEVER;
        wake = null;
        long now = System.currentTimeMillis();
        for (Due first = queue.peek(); first != null && first.at <= now; first = queue.peek()) {
            queue.remove();
            Watched session = first.session;
            if (session.due == first.at) { // else it was announced for an earlier time since
                session.due = Watched.NEVER;
                if (session.sockets > 0 && !session.ended) {
                    due.accept(session);
                }
            }
        }
        arm();
    }
}
