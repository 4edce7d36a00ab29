package dev.sidestream.ws.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A bucket for each key, forgotten when it is full again. Bounded by what is active. Safe for use by many threads. */
public final class KeyedBuckets {

    private static final long SWEEP_EVERY = 60_000_000_000L;

    private final ConcurrentHashMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final AtomicLong lastSweep;

    public KeyedBuckets(double perSecond, double burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.lastSweep = new AtomicLong(nanos.getAsLong());
    }

    /** Takes one of the key's tokens if there is one. */
    public boolean tryTake(String key) {
        long now = nanos.getAsLong();
        sweep(now);
        boolean[] taken = new boolean[1];
        // compute holds the key's bin, which confines the bucket to one thread at a time.
        buckets.compute(key, (ignored, bucket) -> {
            TokenBucket used = bucket == null ? new TokenBucket(perSecond, burst, now) : bucket;
            taken[0] = used.tryTake(now);
            return used;
        });
        return taken[0];
    }

    private void sweep(long now) {
        long last = lastSweep.get();
        if (now - last < SWEEP_EVERY || !lastSweep.compareAndSet(last, now)) {
            return;
        }
        for (String key : buckets.keySet()) {
            buckets.computeIfPresent(key, (ignored, bucket) -> bucket.isFull(now) ? null : bucket);
        }
    }
}
