package dev.sidestream.ws.delivery;

/**
 * How long a room waits after a pass over its members before the next one, so that one write carries what came meanwhile: four
 * times the length of the pass at the most, which is nothing for a small or an idle room, and half of it when by then
 * enough frames have come. Times are those of {@link System#nanoTime()}.
 */
final class Window {

    /** A busy room uses a fifth of its loop at the most before its window ceases to grow: one part pass, four parts wait. */
    private static final int WAIT_PER_PASS = 4;

    /** Frames that make one write cheap enough. With more, members would only wait longer: such a write has some 4 KB. */
    static final int ENOUGH = 32;

    private final long most;
    private long end;
    private long earliestEnd;

    /** @param most nanoseconds that it may take */
    Window(long most, long now) {
        this.most = most;
        this.end = now;
        this.earliestEnd = now;
    }

    /** A pass has ended and the window begins. */
    void begin(long now, long passLength) {
        long length = Math.min(most, passLength * WAIT_PER_PASS);
        end = now + length;
        earliestEnd = now + Math.min(length, passLength / 2);
    }

    /** Nanoseconds that it takes yet; nothing is left when not positive. */
    long left(long now) {
        return end - now;
    }

    /** Whether it may end now because of the frames that wait. */
    boolean mayEndEarly(long now, int frames) {
        return frames >= ENOUGH && now - earliestEnd >= 0;
    }
}
