package dev.sidestream.ws.session.store;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of settings that look wrong: the same text once an hour at most. Texts are made of settings' names, never of
 * what a request or a session holds. Safe for use by many threads.
 */
public final class Advice {

    private static final Logger log = LoggerFactory.getLogger(Advice.class);

    private static final long PERIOD = Duration.ofHours(1).toNanos();

    private final ConcurrentMap<String, Long> given = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    public Advice() {
        this(System::nanoTime);
    }

    Advice(LongSupplier clock) {
        this.clock = clock;
    }

    /** Logs the text unless it was logged lately. */
    public void warn(String text) {
        long now = clock.getAsLong();
        boolean[] due = new boolean[1];
        given.compute(text, (same, last) -> {
            due[0] = last == null || now - last >= PERIOD;
            return due[0] ? Long.valueOf(now) : last;
        });
        if (due[0]) {
            log.warn(text);
        }
    }
}
