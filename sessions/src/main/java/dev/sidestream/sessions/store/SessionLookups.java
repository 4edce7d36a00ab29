package dev.sidestream.sessions.store;

import dev.sidestream.sessions.Authentication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code sidestream.sessions.lookups}: how long it takes to find out who a handshake, or a request for a ticket, is from, and
 * whose session it was. Safe for use by many threads.
 */
public final class SessionLookups {

    /** In the place of a resolver where none knew the visitor. */
    public static final String NONE = "none";

    private final Map<String, Map<String, Timer>> timers = new HashMap<>();

    /** @param resolvers names of the resolvers that are on */
    public SessionLookups(List<String> resolvers, MeterRegistry meters) {
        for (String resolver : resolvers) {
            add(resolver, List.of("login", "ended", "unavailable"), meters);
        }
        add(NONE, List.of("nobody", "unavailable"), meters);
    }

    private void add(String resolver, List<String> outcomes, MeterRegistry meters) {
        Map<String, Timer> ofOne = new HashMap<>();
        for (String outcome : outcomes) {
            Timer timer = Timer.builder("sidestream.sessions.lookups")
                    .description("From the credentials of a handshake to who it is from")
                    .tag("resolver", resolver)
                    .tag("outcome", outcome)
                    .publishPercentileHistogram()
                    .minimumExpectedValue(Duration.ofMillis(1))
                    .maximumExpectedValue(Duration.ofSeconds(30))
                    .register(meters);
            ofOne.put(outcome, timer);
        }
        timers.put(resolver, ofOne);
    }

    /**
     * Counts one answer.
     *
     * @param resolver whose it is; of no meaning when it is that nobody is known
     * @param started {@link System#nanoTime} when it was asked for
     */
    public void record(String resolver, Authentication answer, long started) {
        String outcome = outcome(answer);
        @Nullable
        Timer timer = timers.getOrDefault(outcome.equals("nobody") ? NONE : resolver, Map.of())
                .get(outcome);
        if (timer != null) { // null for a ticket of a resolver that is not on here
            timer.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        }
    }

    private static String outcome(Authentication answer) {
        return switch (answer) {
            case Authentication.Authenticated login -> "login";
            case Authentication.Expired ended -> "ended";
            case Authentication.Unavailable away -> "unavailable";
            case Authentication.Anonymous nobody -> "nobody";
        };
    }
}
