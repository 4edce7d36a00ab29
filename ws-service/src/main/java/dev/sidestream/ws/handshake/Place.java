package dev.sidestream.ws.handshake;

import dev.sidestream.ws.limits.Counts;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection's place among those of its client address. Safe for use by many threads. */
public final class Place {

    private final Counts counts;
    private final String address;
    private final AtomicBoolean left = new AtomicBoolean();

    Place(Counts counts, String address) {
        this.counts = counts;
        this.address = address;
    }

    String address() {
        return address;
    }

    /** Gives the place back; only the first call counts, since a request may be cancelled while it is being upgraded. */
    public void leave() {
        if (left.compareAndSet(false, true)) {
            counts.leave(address);
        }
    }
}
