package dev.sidestream.ws.drain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node leaves, {@code sidestream.drain.*}.
 *
 * @param window the longest time over which the closes of its connections are spread; must end well before the supervisor
 *     kills the process
 * @param perSecond closes per second at the most, which shortens the window where few are connected
 */
@ConfigurationProperties("sidestream.drain")
public record DrainProperties(
        @DefaultValue("10s") Duration window,
        @DefaultValue("500") int perSecond) {

    public DrainProperties {
        if (window.isNegative() || window.toMinutes() > 10) {
            throw new IllegalArgumentException("sidestream.drain.window is " + window + ", allowed are 0s to 10m");
        }
        if (perSecond < 1) {
            throw new IllegalArgumentException(
                    "sidestream.drain.per-second is " + perSecond + ", it must be 1 or more");
        }
    }
}
