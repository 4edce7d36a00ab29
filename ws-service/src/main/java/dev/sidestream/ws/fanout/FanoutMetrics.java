package dev.sidestream.ws.fanout;

import dev.sidestream.channel.redis.GapReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Meters of the way out: {@code sidestream.deliveries}, {@code .fanout.delay}, {@code .gaps}, {@code .resyncs}. */
public final class FanoutMetrics {

    private final LongAdder deliveries = new LongAdder();
    private final Timer delay;
    private final Counter[] gaps = new Counter[GapReason.values().length];
    private final MeterRegistry meters;

    public FanoutMetrics(MeterRegistry meters) {
        this.meters = meters;
        FunctionCounter.builder("sidestream.deliveries", deliveries, LongAdder::doubleValue)
                .description("Publications written to sockets")
                .register(meters);
        delay = Timer.builder("sidestream.fanout.delay")
                .description("From Redis' acceptance of a publication to its hand-over to the event loops")
                .publishPercentileHistogram()
                .register(meters);
        for (GapReason reason : GapReason.values()) {
            gaps[reason.ordinal()] = Counter.builder("sidestream.gaps")
                    .description("Times that continuity could not be proved and clients were told")
                    .tag("reason", reason.wireName())
                    .register(meters);
        }
    }

    LongAdder deliveries() {
        return deliveries;
    }

    void delay(long acceptedAt) {
        delay.record(Math.max(0, System.currentTimeMillis() - acceptedAt), TimeUnit.MILLISECONDS);
    }

    /** Public because a resume that finds a gap is counted by whoever greets. */
    public void gap(GapReason reason) {
        gaps[reason.ordinal()].increment();
    }

    /** @param cause a closed set: {@code hole, trimmed, flushed, restarted, retry} */
    void resync(String cause) {
        meters.counter("sidestream.resyncs", "cause", cause).increment();
    }
}
