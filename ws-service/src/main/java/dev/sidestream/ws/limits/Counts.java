package dev.sidestream.ws.limits;

import java.util.concurrent.ConcurrentHashMap;

/** How many of each key there are now, up to a bound. Safe for use by many threads. */
public final class Counts {

    private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
    private final int max;

    /** @param max how many of one key there may be */
    public Counts(int max) {
        this.max = max;
    }

    /** Counts one more unless the key is at its bound. */
    public boolean tryEnter(String key) {
        boolean[] entered = new boolean[1];
        counts.compute(key, (ignored, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < max;
            return entered[0] ? now + 1 : now;
        });
        return entered[0];
    }

    /** Takes back one {@link #tryEnter} that succeeded. */
    public void leave(String key) {
        counts.computeIfPresent(key, (ignored, count) -> count == 1 ? null : count - 1);
    }
}
