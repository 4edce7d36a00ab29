package dev.sidestream.ws.logout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts revocations that this node heard of: {@code sidestream.revocations}. */
final class RevocationMetrics {

    private final Counter byUser;
    private final Counter bySession;
    private final Counter malformed;

    RevocationMetrics(MeterRegistry meters) {
        byUser = counter(meters, "user");
        bySession = counter(meters, "session");
        malformed = counter(meters, "malformed");
    }

    private static Counter counter(MeterRegistry meters, String by) {
        return Counter.builder("sidestream.revocations")
                .description("Revocations that this node heard of")
                .tag("by", by)
                .register(meters);
    }

    void heard(Revocation revocation) {
        switch (revocation) {
            case Revocation.OfUser ignored -> byUser.increment();
            case Revocation.OfSession ignored -> bySession.increment();
        }
    }

    void malformed() {
        malformed.increment();
    }
}
