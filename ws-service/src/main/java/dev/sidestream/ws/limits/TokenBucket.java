package dev.sidestream.ws.limits;

/**
 * So many at once, so many per second afterwards. Not safe for use by many threads: whoever owns it confines it to one.
 */
public final class TokenBucket {

    private final double perNano;
    private final double burst;
    private double tokens;
    private long last;

    /**
     * @param perSecond refill rate
     * @param burst how many a full bucket holds; it begins full
     * @param now {@link System#nanoTime()}
     */
    public TokenBucket(double perSecond, double burst, long now) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.tokens = burst;
        this.last = now;
    }

    /** Takes one if there is one. */
    public boolean tryTake(long now) {
        tokens = Math.min(burst, tokens + (now - last) * perNano);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Whether it has refilled completely, so that forgetting it changes nothing. */
    public boolean isFull(long now) {
        return tokens + (now - last) * perNano >= burst;
    }
}
