package dev.sidestream.sessions.watch;

import dev.sidestream.sessions.SessionEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** {@code sidestream.logout.delay} and {@code sidestream.sessions.*}. */
final class WatchMetrics {

    private final Map<SessionEnd, Timer> delays = new EnumMap<>(SessionEnd.class);
    private final Counter changes;
    private final Counter reads;
    private final Counter failedReads;
    private final Counter touches;

    WatchMetrics(MeterRegistry meters) {
        for (SessionEnd reason : SessionEnd.values()) {
            Timer timer = Timer.builder("sidestream.logout.delay")
                    .description("From Redis telling of a change, or from the deadline, to the close of the sockets")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .publishPercentileHistogram()
                    .minimumExpectedValue(Duration.ofMillis(1))
                    .maximumExpectedValue(Duration.ofSeconds(60))
                    .register(meters);
            delays.put(reason, timer);
        }
        changes = Counter.builder("sidestream.sessions.changes")
                .description("Changes of watched sessions that Redis told of")
                .register(meters);
        reads = reads(meters, "read");
        failedReads = reads(meters, "failed");
        touches = Counter.builder("sidestream.sessions.touches")
                .description("Sessions that were extended because their users were active")
                .register(meters);
    }

    private static Counter reads(MeterRegistry meters, String outcome) {
        return Counter.builder("sidestream.sessions.reads")
                .description("Reads of watched sessions")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Shows how many sessions are watched, and how many of them only by looking again and again. */
    void gauges(SessionTracker tracker, MeterRegistry meters) {
        Gauge.builder("sidestream.sessions.watched", tracker, SessionTracker::size)
                .description("Sessions that sockets stand on")
                .register(meters);
        Gauge.builder("sidestream.sessions.untracked", tracker, SessionTracker::untracked)
                .description("Those of them that Redis would not tell of")
                .register(meters);
    }

    void change() {
        changes.increment();
    }

    void read(boolean good) {
        (good ? reads : failedReads).increment();
    }

    void touch() {
        touches.increment();
    }

    void ended(SessionEnd reason, long delayNanos) {
        Objects.requireNonNull(delays.get(reason)).record(Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    }
}
