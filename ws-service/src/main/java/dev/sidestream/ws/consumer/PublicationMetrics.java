package dev.sidestream.ws.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what clients publish, by outcome: {@code sidestream.publications}. */
public final class PublicationMetrics {

    /** What became of a message. */
    enum Outcome {
        ACCEPTED,
        DUPLICATE,
        MALFORMED,
        TOO_LARGE,
        RATE_LIMITED,
        FORBIDDEN,
        UNAVAILABLE
    }

    private final Counter[] counters = new Counter[Outcome.values().length];

    public PublicationMetrics(MeterRegistry meters) {
        for (Outcome outcome : Outcome.values()) {
            counters[outcome.ordinal()] = Counter.builder("sidestream.publications")
                    .description("Messages that clients sent, by what became of them")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    void count(Outcome outcome) {
        counters[outcome.ordinal()].increment();
    }
}
