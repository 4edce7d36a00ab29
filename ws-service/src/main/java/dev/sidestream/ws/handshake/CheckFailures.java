package dev.sidestream.ws.handshake;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a check of the application's own ({@code RouteCheck}, {@code RoomPolicy}) that throws instead of deciding:
 * nobody is let in, and the log says why, once in an hour for each cause, by the exception's type and place. Its message is
 * left out, since it may quote what the visitor sent. Safe for use by many threads.
 */
public final class CheckFailures {

    private static final Logger log = LoggerFactory.getLogger(CheckFailures.class);

    private static final long PERIOD_NANOS = TimeUnit.HOURS.toNanos(1);

    /** More places than these are not told apart. */
    private static final int MAX_CAUSES = 100;

    private final ConcurrentMap<String, Long> logged = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    public CheckFailures() {
        this(System::nanoTime);
    }

    CheckFailures(LongSupplier clock) {
        this.clock = clock;
    }

    /** How the visitor is refused. */
    public Refusal refusal(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String cause = failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
        if (isDue(logged.size() < MAX_CAUSES ? cause : "many")) {
            log.atError()
                    .addKeyValue("cause", cause)
                    .log("The check of who may enter failed, so nobody was let in; mend the RoomPolicy or RouteCheck");
        }
        return Refusal.CHECK_FAILED;
    }

    private boolean isDue(String cause) {
        long now = clock.getAsLong();
        boolean[] due = new boolean[1];
        logged.compute(cause, (same, last) -> {
            due[0] = last == null || now - last >= PERIOD_NANOS;
            return due[0] ? Long.valueOf(now) : last;
        });
        return due[0];
    }
}
