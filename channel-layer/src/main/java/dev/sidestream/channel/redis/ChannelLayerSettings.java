package dev.sidestream.channel.redis;

import java.time.Duration;

/**
 * What the nodes and the programs on one Redis have agreed on, and who this one is.
 *
 * @param node name of this node: 1 to 64 letters, digits, {@code -} and {@code _}; unique among those that run
 * @param partitions logs that rooms are spread over; the same for all, fixed when the first one starts; 1 to 256
 * @param historyLength publications kept per room; 1 to 100,000
 * @param historyAge how long they are kept, and a room after its last publication; 1 min to 366 days
 * @param logLength entries kept per partition's log, about: how far a node may fall behind; 1,000 to 10,000,000
 * @param logAge entries that are older are removed by the nodes; 1 min to 7 days
 * @param dedupWindow how long a cid is remembered; 1 s to 1 day
 */
public record ChannelLayerSettings(
        String node,
        int partitions,
        int historyLength,
        Duration historyAge,
        int logLength,
        Duration logAge,
        Duration dedupWindow) {

    public ChannelLayerSettings {
        require(node.matches("[A-Za-z0-9_-]{1,64}"), "sidestream.node.id", node, "1 to 64 letters, digits, - and _");
        range("partitions", partitions, 1, 256);
        range("history-length", historyLength, 1, 100_000);
        range("history-age", historyAge, Duration.ofMinutes(1), Duration.ofDays(366));
        range("log-length", logLength, 1_000, 10_000_000);
        range("log-age", logAge, Duration.ofMinutes(1), Duration.ofDays(7));
        range("dedup-window", dedupWindow, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    /** The defaults, for the given node. */
    public static ChannelLayerSettings of(String node) {
        return new ChannelLayerSettings(
                node, 16, 1_000, Duration.ofHours(24), 10_000, Duration.ofMinutes(10), Duration.ofMinutes(10));
    }

    private static void range(String name, int value, int min, int max) {
        require(value >= min && value <= max, "sidestream.channel-layer." + name, value, min + " to " + max);
    }

    private static void range(String name, Duration value, Duration min, Duration max) {
        boolean inside = value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
        require(inside, "sidestream.channel-layer." + name, value, min + " to " + max);
    }

    private static void require(boolean holds, String setting, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " is " + value + ", it must be " + allowed);
        }
    }
}
