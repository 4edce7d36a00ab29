package dev.sidestream.ws.transport;

import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * {@code sidestream.transport}.
 *
 * @param kind what the sockets' event loops use
 */
@ConfigurationProperties("sidestream")
public record TransportProperties(
        @Name("transport") @DefaultValue("auto") Transport kind) {

    public TransportProperties {
        Throwable whyNot = kind.whyNot();
        if (whyNot != null) {
            throw new IllegalArgumentException("sidestream.transport is "
                    + kind.name().toLowerCase(Locale.ROOT) + ", which cannot be had here: " + root(whyNot));
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }
}
