package dev.sidestream.ws.drain;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Says whether this node is leaving: {@code sidestream.draining}. */
final class DrainMetrics {

    DrainMetrics(MeterRegistry meters, Drain drain) {
        Gauge.builder("sidestream.draining", drain, state -> state.isDraining() ? 1 : 0)
                .description("1 while this node is leaving")
                .register(meters);
    }
}
