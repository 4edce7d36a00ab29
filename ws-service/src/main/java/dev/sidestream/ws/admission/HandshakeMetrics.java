package dev.sidestream.ws.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts handshakes by outcome: {@code sidestream.handshakes}. */
public final class HandshakeMetrics {

    private final Counter accepted;
    private final Counter unfinished;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    public HandshakeMetrics(MeterRegistry meters) {
        accepted = counter("accepted", meters);
        unfinished = counter("unfinished", meters);
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, counter(refusal.tag(), meters));
        }
    }

    private static Counter counter(String outcome, MeterRegistry meters) {
        return Counter.builder("sidestream.handshakes")
                .description("Handshakes, by what became of them")
                .tag("outcome", outcome)
                .register(meters);
    }

    void accepted() {
        accepted.increment();
    }

    /** One did not come to its end in time. */
    public void unfinished() {
        unfinished.increment();
    }

    public void refused(Refusal refusal) {
        Objects.requireNonNull(refused.get(refusal)).increment();
    }
}
