package dev.sidestream.sessions.watch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sockets may stand on a session.
 *
 * @param grace for which sockets stay open while their sessions cannot be read, 0 to 1 h; then they are closed with 1013
 * @param warning how long before its end a session's sockets are told of it, in full mode, 0 to 1 h; 0 for not at all. At most a
 *     quarter of the session's life
 * @param recheck how often sessions are asked for anew that cannot be watched in Redis (the resolvers http and jwt), 10 s to
 *     1 d; 0 for not at all
 * @param touch whether what users send keeps their session alive: {@code off} or {@code user-frames}
 */
@ConfigurationProperties("sidestream.session")
public record SessionLifeProperties(
        @DefaultValue("60s") Duration grace,
        @DefaultValue("60s") Duration warning,
        @DefaultValue("5m") Duration recheck,
        @DefaultValue("off") Touch touch) {

    /** What extends a session. */
    public enum Touch {
        /** Nothing that happens on a socket. */
        OFF,
        /** What its user sends, never signs of life: at most once in 60 s, or in a tenth of the session's life if that is longer. */
        USER_FRAMES
    }

    public SessionLifeProperties {
        upToAnHour("grace", grace);
        upToAnHour("warning", warning);
        if (!recheck.isZero() && (recheck.toSeconds() < 10 || recheck.toDays() > 1)) {
            throw new IllegalArgumentException(
                    "sidestream.session.recheck is " + recheck + ", allowed are 10s to 1d, or 0");
        }
    }

    /** A grace and a warning of a minute each, a look each five minutes, and nothing that extends a session. */
    public static SessionLifeProperties defaults() {
        return new SessionLifeProperties(
                Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(5), Touch.OFF);
    }

    private static void upToAnHour(String name, Duration value) {
        if (value.isNegative() || value.toMinutes() > 60) {
            throw new IllegalArgumentException("sidestream.session." + name + " is " + value + ", allowed are 0 to 1h");
        }
    }
}
