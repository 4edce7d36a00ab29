package dev.sidestream.ws.management;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.log.ReaderStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What the log reader does: {@code sidestream.log.*}. */
final class LogMetrics {

    private final RedisChannelLayer layer;

    LogMetrics(MeterRegistry meters, RedisChannelLayer layer) {
        this.layer = layer;
        Gauge.builder("sidestream.log.reading", layer, of(stats -> stats.reading() ? 1 : 0))
                .description("1 while every log is being read")
                .register(meters);
        counter("sidestream.log.entries", "Entries of the logs that were read", ReaderStats::entries, meters);
        counter(
                "sidestream.log.retries",
                "Connections for reading that were lost or not made",
                ReaderStats::retries,
                meters);
        counter(
                "sidestream.log.malformed",
                "Entries of the logs that could not be read",
                ReaderStats::malformed,
                meters);
    }

    private void counter(String name, String is, ToDoubleFunction<ReaderStats> value, MeterRegistry meters) {
        FunctionCounter.builder(name, layer, of(value)).description(is).register(meters);
    }

    private static ToDoubleFunction<RedisChannelLayer> of(ToDoubleFunction<ReaderStats> value) {
        return layer -> value.applyAsDouble(layer.readerStats());
    }
}
