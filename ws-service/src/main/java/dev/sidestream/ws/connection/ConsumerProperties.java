package dev.sidestream.ws.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How consumers are treated, {@code sidestream.consumer.*}.
 *
 * @param grace how long a consumer may still work after its socket has ended, and then for its disconnect; what takes longer is
 *     cancelled
 */
@ConfigurationProperties("sidestream.consumer")
public record ConsumerProperties(@DefaultValue("10s") Duration grace) {

    public ConsumerProperties {
        if (grace.isNegative() || grace.toSeconds() > 3600) {
            throw new IllegalArgumentException("sidestream.consumer.grace is " + grace + ", allowed are 0s to 1h");
        }
    }
}
