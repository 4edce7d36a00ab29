package dev.sidestream.channel.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, always with a bound. */
public final class Await {

    /** Generous: the machine may run much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);

    private Await() {}

    /** Looks again each 10 ms until the condition holds; fails after 30 s. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    /** Looks again each 10 ms until the condition holds; fails after the given time. */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not so within " + patience.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(STEP);
        }
    }
}
