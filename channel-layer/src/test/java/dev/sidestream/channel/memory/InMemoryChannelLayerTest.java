package dev.sidestream.channel.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.ChannelLayerContract;
import dev.sidestream.channel.Publication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class InMemoryChannelLayerTest extends ChannelLayerContract {

    @Override
    protected ChannelLayer create() {
        return new InMemoryChannelLayer();
    }

    @Override
    protected ChannelLayer createOther() {
        return layer;
    }

    @Test
    void forgetsACidAfterTheWindow() {
        MovableClock clock = new MovableClock();
        try (ChannelLayer timed = new InMemoryChannelLayer(clock)) {
            Publication same = new Publication("alice", "1".getBytes(UTF_8), "c");
            assertThat(BlockingChannelLayer.on(timed).publish("r", same).duplicate())
                    .isFalse();
            assertThat(BlockingChannelLayer.on(timed).publish("r", same).duplicate())
                    .isTrue();
            clock.now = clock.now.plus(Duration.ofMinutes(11));
            assertThat(BlockingChannelLayer.on(timed).publish("r", same).duplicate())
                    .isFalse();
        }
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
