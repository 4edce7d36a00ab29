package dev.sidestream.ws.connection;

import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Mode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections and closes: {@code sidestream.connections}, {@code .closes}, {@code .messages.dropped}. */
public final class ConnectionMetrics {

    private final AtomicInteger[] open = new AtomicInteger[Mode.values().length];
    private final Counter dropped;
    private final Counter[] closes = new Counter[CloseCode.values().length];

    public ConnectionMetrics(MeterRegistry meters) {
        for (Mode mode : Mode.values()) {
            AtomicInteger count = new AtomicInteger();
            open[mode.ordinal()] = count;
            Gauge.builder("sidestream.connections", count, AtomicInteger::get)
                    .description("Open connections")
                    .tag("mode", mode.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        dropped = Counter.builder("sidestream.messages.dropped")
                .description("Messages to channels whose consumer was too busy to take them")
                .register(meters);
        for (CloseCode code : CloseCode.values()) {
            closes[code.ordinal()] = Counter.builder("sidestream.closes")
                    .description("Connections that ended, by close code")
                    .tag("code", Integer.toString(code.code()))
                    .register(meters);
        }
    }

    void opened(Mode mode) {
        open[mode.ordinal()].incrementAndGet();
    }

    void closed(Mode mode, CloseCode code) {
        open[mode.ordinal()].decrementAndGet();
        closes[code.ordinal()].increment();
    }

    void dropped() {
        dropped.increment();
    }

    /** Open connections in both modes. */
    public int open() {
        return Arrays.stream(open).mapToInt(AtomicInteger::get).sum();
    }
}
