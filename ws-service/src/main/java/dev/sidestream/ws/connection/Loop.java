package dev.sidestream.ws.connection;

/**
 * One thread and its clock, as whatever is confined to it sees them. {@link #execute} and {@link #schedule} may be called from any
 * thread; tasks run in the order in which they were handed over, one after the other.
 */
public interface Loop {

    /** Runs the task after all that were handed over before. */
    void execute(Runnable task);

    /** Runs the task when so many nanoseconds are over, behind what the loop has to read until then. */
    Timer schedule(Runnable task, long nanos);

    /** Whether the caller runs on it. */
    boolean isInside();

    /** Runs the task now when the caller is on it, else after all that were handed over before. */
    default void atOnce(Runnable task) {
        if (isInside()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Monotonic nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** A task that is due later. */
    @FunctionalInterface
    interface Timer {

        /** The task does not run, unless it has begun. */
        void cancel();
    }
}
