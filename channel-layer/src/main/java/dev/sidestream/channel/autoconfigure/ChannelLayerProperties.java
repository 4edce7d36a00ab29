package dev.sidestream.channel.autoconfigure;

import dev.sidestream.channel.redis.ChannelLayerSettings;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the nodes and the programs on one Redis have agreed on.
 *
 * @param partitions logs that rooms are spread over, 1 to 256; the same for all programs on this Redis
 * @param historyLength publications kept per room, 1 to 100000
 * @param historyAge how long publications are kept, and a room after its last one; 1m to 366d
 * @param logLength entries kept per partition's log, 1000 to 10000000: how far a node may fall behind
 * @param logAge entries of the log that are older are removed, 1m to 7d
 * @param dedupWindow how long a client's id of a publication is remembered, 1s to 1d
 * @param commandTimeout after which a command to Redis fails with its outcome unknown, 100ms to 5s
 */
@ConfigurationProperties("sidestream.channel-layer")
public record ChannelLayerProperties(
        @DefaultValue("16") int partitions,
        @DefaultValue("1000") int historyLength,
        @DefaultValue("24h") Duration historyAge,
        @DefaultValue("10000") int logLength,
        @DefaultValue("10m") Duration logAge,
        @DefaultValue("10m") Duration dedupWindow,
        @DefaultValue("2s") Duration commandTimeout) {

    public ChannelLayerProperties {
        // Wrong values are told while the properties are bound, with the name of the setting.
        var unused = new ChannelLayerSettings(
                "check", partitions, historyLength, historyAge, logLength, logAge, dedupWindow);
        var unusedOptions = RedisLinkOptions.of(commandTimeout);
    }

    ChannelLayerSettings settings(NodeProperties node) {
        return new ChannelLayerSettings(
                node.id(), partitions, historyLength, historyAge, logLength, logAge, dedupWindow);
    }
}
