package dev.sidestream.ws.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    public PublicationMetrics(MeterRegistry meters) {
        for (Outcome outcome : Outcome.values()) {
            Counter counter = Counter.builder("sidestream.publications")
                    .description("Messages that clients sent, by what became of them")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(meters);
            counters.put(outcome, counter);
        }
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }
}
