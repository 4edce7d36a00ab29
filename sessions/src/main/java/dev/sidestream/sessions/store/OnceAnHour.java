package dev.sidestream.sessions.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps one trouble from filling the log, here ({@link Advice}) and in programs that build on this: each cause is due when it is
 * met first, and again an hour after it was due last. Safe for use by many threads, of which only one is told that a cause is due.
 */
public final class OnceAnHour {

    private static final long PERIOD_NANOS = TimeUnit.HOURS.toNanos(1);

    /** Causes beyond these are not told apart, so what is remembered stays small whatever the causes are made of. */
    private static final int MAX_CAUSES = 100;

    private final ConcurrentMap<String, Long> said = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    /** @param clock in nanoseconds, as {@link System#nanoTime} */
    public OnceAnHour(LongSupplier clock) {
        this.clock = clock;
    }

    /** Whether the cause should be logged now; a caller that is told so is expected to do it. */
    public boolean isDue(String cause) {
        long now = clock.getAsLong();
        boolean[] due = new boolean[1];
        said.compute(said.size() < MAX_CAUSES ? cause : "many", (same, last) -> {
            due[0] = last == null || now - last >= PERIOD_NANOS;
            return due[0] ? Long.valueOf(now) : last;
        });
        return due[0];
    }
}
