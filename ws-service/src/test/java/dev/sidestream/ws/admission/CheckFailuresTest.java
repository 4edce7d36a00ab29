package dev.sidestream.ws.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CheckFailuresTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(CheckFailures.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now;
    private final CheckFailures failures = new CheckFailures(() -> now);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @Test
    void logsEachCauseOnceAnHourWithoutItsMessage() {
        for (int i = 0; i < 1_000; i++) {
            now += Duration.ofSeconds(1).toNanos();
            assertThat(failures.refusal(one("secret" + i))).isEqualTo(Refusal.CHECK_FAILED);
        }
        assertThat(lines.list).hasSize(1);
        assertThat(String.valueOf(lines.list.getFirst().getKeyValuePairs()))
                .contains("IllegalStateException at ")
                .contains("CheckFailuresTest.one(")
                .doesNotContain("secret");
        failures.refusal(new IllegalArgumentException("another"));
        assertThat(lines.list).hasSize(2);
        now += Duration.ofHours(1).toNanos();
        failures.refusal(one("again"));
        assertThat(lines.list).hasSize(3);
    }

    private static RuntimeException one(String message) {
        return new IllegalStateException(message);
    }
}
