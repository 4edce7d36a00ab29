package dev.sidestream.ws.delivery;

import dev.sidestream.ws.connection.Loop;
import dev.sidestream.ws.connection.Outlet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits until sockets have taken what was written to them, so that what a node has to catch up with closes no healthy reader. Looks
 * again and again, which costs nothing while nobody waits.
 */
final class Taken {

    /** So little may be left: a portion of what is caught up with. */
    static final long BYTES = 256 * 1024;

    /** The first wait; each is twice as long as the one before, up to the last. */
    private static final long FIRST_WAIT = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long LAST_WAIT = TimeUnit.MILLISECONDS.toNanos(64);

    private final Loop loop;
    private final BooleanSupplier taken;
    private final long deadline;
    private final Runnable then;
    private long wait = FIRST_WAIT;

    private Taken(Loop loop, BooleanSupplier taken, long deadline, Runnable then) {
        this.loop = loop;
        this.taken = taken;
        this.deadline = deadline;
        this.then = then;
    }

    /**
     * Runs something on the loop, where it is to be called.
     *
     * @param patience nanoseconds after which it runs all the same
     */
    static void await(Loop loop, BooleanSupplier taken, long patience, Runnable then) {
        new Taken(loop, taken, loop.nanoTime() + patience, then).look();
    }

    /** Whether little waits for it, or it waits for nothing any more. */
    static boolean by(Outlet outlet) {
        return !outlet.isOpen() || outlet.queuedBytes() <= BYTES;
    }

    private void look() {
        if (taken.getAsBoolean() || loop.nanoTime() - deadline >= 0) {
            then.run();
        } else {
            loop.schedule(this::look, wait);
            wait = Math.min(2 * wait, LAST_WAIT);
        }
    }
}
