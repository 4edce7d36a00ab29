package dev.sidestream.ws.room;

import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.log.ResyncCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Meters of the way out: {@code sidestream.deliveries}, {@code .fanout.delay}, {@code .gaps}, {@code .resyncs}. */
public final class RoomMetrics {

    private final LongAdder deliveries = new LongAdder();
    private final Timer delay;
    private final Map<GapReason, Counter> gaps = new EnumMap<>(GapReason.class);
    private final Map<ResyncCause, Counter> resyncs = new EnumMap<>(ResyncCause.class);

    public RoomMetrics(MeterRegistry meters) {
        FunctionCounter.builder("sidestream.deliveries", deliveries, LongAdder::doubleValue)
                .description("Publications written to sockets")
                .register(meters);
        delay = Timer.builder("sidestream.fanout.delay")
                .description("From Redis' acceptance of a publication to its hand-over to the event loops")
                .publishPercentileHistogram()
                .register(meters);
        for (GapReason reason : GapReason.values()) {
            Counter counter = Counter.builder("sidestream.gaps")
                    .description("Times that continuity could not be proved and clients were told")
                    .tag("reason", reason.wireName())
                    .register(meters);
            gaps.put(reason, counter);
        }
        for (ResyncCause cause : ResyncCause.values()) {
            Counter counter = Counter.builder("sidestream.resyncs")
                    .description("Rooms that were proved again, by what gave rise to it")
                    .tag("cause", cause.wireName())
                    .register(meters);
            resyncs.put(cause, counter);
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
        Objects.requireNonNull(gaps.get(reason)).increment();
    }

    void resync(ResyncCause cause) {
        Objects.requireNonNull(resyncs.get(cause)).increment();
    }
}
