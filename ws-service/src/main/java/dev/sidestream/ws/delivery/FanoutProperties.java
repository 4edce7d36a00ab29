package dev.sidestream.ws.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How frames are gathered on their way out, {@code sidestream.fanout.*}.
 *
 * @param window the longest time for which a busy room gathers frames into one write; an idle room never waits
 * @param chunk members that one task of an event loop serves before others have their turn
 */
@ConfigurationProperties("sidestream.fanout")
public record FanoutProperties(
        @DefaultValue("13ms") Duration window,
        @DefaultValue("64") int chunk) {

    public FanoutProperties {
        if (window.isNegative() || window.toMillis() > 1000) {
            throw new IllegalArgumentException("sidestream.fanout.window is " + window + ", allowed are 0ms to 1s");
        }
        if (chunk < 1 || chunk > 100_000) {
            throw new IllegalArgumentException("sidestream.fanout.chunk is " + chunk + ", allowed are 1 to 100000");
        }
    }
}
