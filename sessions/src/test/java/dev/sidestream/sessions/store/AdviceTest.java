package dev.sidestream.sessions.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AdviceTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(Advice.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now;
    private final Advice advice = new Advice(() -> now);

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
    void saysTheSameOnceAnHourHoweverOftenItIsSeen() {
        for (int second = 0; second < 2 * 3_600; second++) {
            for (int request = 0; request < 10; request++) {
                advice.warn("set one.property");
            }
            now += Duration.ofSeconds(1).toNanos();
        }
        advice.warn("set another.property");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("set one.property", "set one.property", "set another.property");
    }
}
