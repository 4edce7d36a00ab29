package dev.sidestream.ws.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The bounds of one node, {@code sidestream.limits.*}.
 *
 * @param frame largest message of a client, over all its fragments
 * @param fragments most fragments of one message
 * @param queue bytes that may wait for one connection before it is closed as too slow
 * @param rate messages per second and connection
 * @param burst messages at once per connection
 * @param connections connections of this node
 * @param connectionsPerUser connections of one user on this node; a newer one replaces the oldest
 * @param connectionsPerAddress connections of one client address on this node
 * @param handshakes handshakes per second on this node
 * @param roomsPerMinute rooms that one user may bring to life per minute on this node
 * @param replay most messages that a resume or a first look brings
 * @param handshakeTimeout how long a request may take to arrive, up to the end of its headers, and then how long admission may take
 */
@ConfigurationProperties("sidestream.limits")
public record LimitsProperties(
        @DefaultValue("64KB") DataSize frame,
        @DefaultValue("128") int fragments,
        @DefaultValue("1MB") DataSize queue,
        @DefaultValue("20") int rate,
        @DefaultValue("40") int burst,
        @DefaultValue("50000") int connections,
        @DefaultValue("20") int connectionsPerUser,
        @DefaultValue("200") int connectionsPerAddress,
        @DefaultValue("2000") int handshakes,
        @DefaultValue("30") int roomsPerMinute,
        @DefaultValue("1000") int replay,
        @DefaultValue("5s") Duration handshakeTimeout) {

    public LimitsProperties {
        range("frame", frame.toBytes(), 1024, 1 << 20);
        range("fragments", fragments, 1, 10_000);
        range("queue", queue.toBytes(), 64 << 10, 64 << 20);
        range("rate", rate, 1, 1_000_000);
        range("burst", burst, rate, 1_000_000);
        range("connections", connections, 1, 10_000_000);
        range("connections-per-user", connectionsPerUser, 1, 1_000_000);
        range("connections-per-address", connectionsPerAddress, 1, 10_000_000);
        range("handshakes", handshakes, 1, 1_000_000);
        range("rooms-per-minute", roomsPerMinute, 1, 1_000_000);
        range("replay", replay, 1, 1_000); // RedisChannelLayer.MAX_LIMIT
        range("handshake-timeout (in milliseconds)", handshakeTimeout.toMillis(), 100, 60_000);
    }

    private static void range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "sidestream.limits." + name + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
