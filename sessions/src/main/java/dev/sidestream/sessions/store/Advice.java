package dev.sidestream.sessions.store;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of settings that look wrong: the same text once an hour at most. Texts are made of settings' names, never of
 * what a request or a session holds. Safe for use by many threads.
 */
public final class Advice {

    private static final Logger log = LoggerFactory.getLogger(Advice.class);

    private final OnceAnHour texts;

    public Advice() {
        this(System::nanoTime);
    }

    Advice(LongSupplier clock) {
        this.texts = new OnceAnHour(clock);
    }

    /** Logs the text unless it was logged lately. */
    public void warn(String text) {
        if (texts.isDue(text)) {
            log.warn(text);
        }
    }
}
