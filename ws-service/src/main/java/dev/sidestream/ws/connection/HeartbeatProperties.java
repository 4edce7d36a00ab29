package dev.sidestream.ws.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signs of life, {@code sidestream.heartbeat.*}.
 *
 * @param interval how often a connection is pinged; a proxy in front must wait longer than two of them
 * @param unanswered how many pings in a row may stay unanswered; the connection is closed when the last of them has had 5 s, or an
 *     interval where that is shorter
 */
@ConfigurationProperties("sidestream.heartbeat")
public record HeartbeatProperties(
        @DefaultValue("25s") Duration interval,
        @DefaultValue("2") int unanswered) {

    public HeartbeatProperties {
        if (interval.toSeconds() < 1 || interval.toSeconds() > 3600) {
            throw new IllegalArgumentException(
                    "sidestream.heartbeat.interval is " + interval + ", allowed are 1s to 1h");
        }
        if (unanswered < 1 || unanswered > 100) {
            throw new IllegalArgumentException(
                    "sidestream.heartbeat.unanswered is " + unanswered + ", allowed are 1 to 100");
        }
    }
}
