package dev.sidestream.channel.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageLogTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(OutageLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now;
    private final OutageLog absence = new OutageLog("127.0.0.1:6379", () -> now);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    private java.util.List<String> logged() {
        java.util.List<String> all = lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getMessage())
                .toList();
        lines.list.clear();
        return all;
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            now += Duration.ofSeconds(1).toNanos();
            absence.noticed("closed");
        }
    }

    @Test
    void saysOnceThatRedisWentAndOnceThatItIsBack() {
        absence.over();
        assertThat(logged()).containsExactly("INFO Connected to Redis");
        seconds(59);
        assertThat(logged()).containsExactly("WARN Redis is out of reach; attempts go on");
        absence.over();
        assertThat(logged()).containsExactly("INFO Redis is back");
        seconds(1);
        assertThat(logged()).containsExactly("WARN Redis is out of reach; attempts go on");
    }

    @Test
    void remindsEachMinute() {
        seconds(181);
        assertThat(logged())
                .containsExactly(
                        "WARN Redis cannot be reached; attempts go on",
                        "WARN Redis is still out of reach; attempts go on",
                        "WARN Redis is still out of reach; attempts go on",
                        "WARN Redis is still out of reach; attempts go on");
        absence.over();
        assertThat(logged()).containsExactly("INFO Connected to Redis");
    }
}
