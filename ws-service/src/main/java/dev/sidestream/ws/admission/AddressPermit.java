package dev.sidestream.ws.admission;

import dev.sidestream.ws.limits.Counts;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One connection's place among those of its client address. Running it gives the place back, as {@link #leave} does. Safe for use
 * by many threads.
 */
public final class AddressPermit implements Runnable {

    private static final AtomicIntegerFieldUpdater<AddressPermit> LEFT =
            AtomicIntegerFieldUpdater.newUpdater(AddressPermit.class, "left");

    private final Counts counts;
    private final String address;
    private volatile int left;

    AddressPermit(Counts counts, String address) {
        this.counts = counts;
        this.address = address;
    }

    String address() {
        return address;
    }

    @Override
    public void run() {
        leave();
    }

    /** Gives the place back; only the first call counts, since a request may be cancelled while it is being upgraded. */
    public void leave() {
        if (LEFT.compareAndSet(this, 0, 1)) {
            counts.leave(address);
        }
    }
}
