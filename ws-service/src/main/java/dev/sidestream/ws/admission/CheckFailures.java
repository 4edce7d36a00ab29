package dev.sidestream.ws.admission;

import dev.sidestream.sessions.store.OnceAnHour;
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

    private final OnceAnHour causes;

    public CheckFailures() {
        this(System::nanoTime);
    }

    CheckFailures(LongSupplier clock) {
        this.causes = new OnceAnHour(clock);
    }

    /** How the visitor is refused. */
    public Refusal refusal(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String cause = failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
        if (causes.isDue(cause)) {
            log.atError()
                    .addKeyValue("cause", cause)
                    .log("The check of who may enter failed, so nobody was let in; mend the RoomPolicy or RouteCheck");
        }
        return Refusal.CHECK_FAILED;
    }
}
