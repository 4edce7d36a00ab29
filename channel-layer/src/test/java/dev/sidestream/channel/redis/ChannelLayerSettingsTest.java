package dev.sidestream.channel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.redis.link.RedisLinkOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelLayerSettingsTest {

    private static ChannelLayerSettings settings(String node, int partitions, Duration logAge) {
        return new ChannelLayerSettings(
                node, partitions, 1_000, Duration.ofHours(1), 1_000, logAge, Duration.ofMinutes(1));
    }

    @Test
    void namesTheSettingTheValueAndTheRange() {
        assertThatThrownBy(() -> settings("n", 0, Duration.ofMinutes(1)))
                .hasMessage("sidestream.channel-layer.partitions is 0, it must be 1 to 256");
        assertThatThrownBy(() -> settings("n", 16, Duration.ofSeconds(1)))
                .hasMessage("sidestream.channel-layer.log-age is PT1S, it must be PT1M to PT168H");
        assertThatThrownBy(() -> RedisLinkOptions.of(Duration.ofMillis(1)))
                .hasMessage("sidestream.channel-layer.command-timeout is PT0.001S, it must be 100ms to 5s");
    }

    @Test
    void refusesNodeNamesThatCannotStandInAChannelName() {
        for (String node : List.of("", "a b", "a.b", "é", "x".repeat(65))) {
            assertThatThrownBy(() -> settings(node, 16, Duration.ofMinutes(1)))
                    .hasMessageContaining("sidestream.node.id");
        }
        assertThatNoException().isThrownBy(() -> ChannelLayerSettings.of("node-1_a"));
    }

    @Test
    void readsTheEvictionPolicyThatRedisTells() {
        assertThat(Housekeeping.evictionPolicy(List.of("# Memory", "maxmemory_policy:allkeys-lru\r", "x:y")))
                .isEqualTo("allkeys-lru");
        assertThat(Housekeeping.evictionPolicy(List.of())).isEmpty();
    }
}
