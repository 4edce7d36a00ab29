package dev.sidestream.ws.connection;

import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.Dialects;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections and closes: {@code sidestream.connections}, {@code .closes}, {@code .consumers.cancelled},
 * {@code .messages.dropped}, {@code .queue.bytes}.
 */
public final class ConnectionMetrics {

    private final List<AtomicInteger> open;
    private final Counter dropped;
    private final Counter cancelled;
    private final Map<CloseCode, Counter> closes = new EnumMap<>(CloseCode.class);

    public ConnectionMetrics(MeterRegistry meters, ConnectionRegistry registry) {
        open = Dialects.ALL.stream().map(dialect -> open(meters, dialect)).toList();
        dropped = Counter.builder("sidestream.messages.dropped")
                .description("Messages to channels whose consumer was too busy to take them")
                .register(meters);
        cancelled = Counter.builder("sidestream.consumers.cancelled")
                .description("Calls of consumers that did not end in time after their sockets had ended")
                .register(meters);
        for (CloseCode code : CloseCode.values()) {
            Counter counter = Counter.builder("sidestream.closes")
                    .description("Connections that ended, by close code")
                    .tag("code", Integer.toString(code.code()))
                    .register(meters);
            closes.put(code, counter);
        }
        Gauge.builder("sidestream.queue.bytes", registry, ConnectionRegistry::queuedBytes)
                .description("Bytes that wait for slow connections")
                .baseUnit("bytes")
                .register(meters);
    }

    private static AtomicInteger open(MeterRegistry meters, Dialect dialect) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("sidestream.connections", count, AtomicInteger::get)
                .description("Open connections")
                .tag("mode", dialect.tag())
                .register(meters);
        return count;
    }

    /** One has begun its life. */
    public void opened(Dialect dialect) {
        open.get(dialect.index()).incrementAndGet();
    }

    /** One has ended with a code. */
    public void closed(Dialect dialect, CloseCode code) {
        open.get(dialect.index()).decrementAndGet();
        Objects.requireNonNull(closes.get(code)).increment();
    }

    /** A message found too many waiting before it. */
    public void dropped() {
        dropped.increment();
    }

    /** A consumer was still busy so long after its socket had ended. */
    public void cancelled() {
        cancelled.increment();
    }

    /** Open connections in all dialects. */
    public int open() {
        return open.stream().mapToInt(AtomicInteger::get).sum();
    }
}
