package dev.sidestream.bench.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits for what a program does. */
final class Waiting {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private Waiting() {}

    /** Returns as soon as the condition holds, asked every 5 ms; fails after 60 s or when the program has ended. */
    static void until(String what, Program program, BooleanSupplier condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            program.requireAlive();
            if (System.nanoTime() > end) {
                throw new LabException("Waited " + BOUND.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
