package dev.sidestream.sessions.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnceAnHourTest {

    private long now;
    private final OnceAnHour causes = new OnceAnHour(() -> now);

    @Test
    void isDueAtFirstAndAgainAfterAnHourForEachCause() {
        assertThat(causes.isDue("one")).isTrue();
        now += Duration.ofHours(1).toNanos() - 1;
        assertThat(causes.isDue("one")).isFalse();
        assertThat(causes.isDue("two")).isTrue();
        now++;
        assertThat(causes.isDue("one")).isTrue();
        assertThat(causes.isDue("one")).isFalse();
        assertThat(causes.isDue("two")).isFalse();
    }

    @Test
    void remembersNoMoreThanAHundredCauses() {
        assertThat(IntStream.range(0, 1_000).filter(i -> causes.isDue("cause " + i)))
                .hasSize(101);
    }
}
