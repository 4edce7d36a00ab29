package dev.sidestream.channel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidestream.channel.testing.RedisForTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A node whose user may not ask {@code INFO}. */
class WithoutInfoIT {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sidestream");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private RedisForTests redis;

    @BeforeEach
    void start() {
        lines.start();
        logger.addAppender(lines);
        redis = RedisForTests.create("--user", "default", "on", "nopass", "~*", "&*", "+@all", "-info");
    }

    @AfterEach
    void stop() {
        redis.close();
        logger.detachAppender(lines);
    }

    private long linesAbout(String what) {
        return lines.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(line -> line.getFormattedMessage().contains(what))
                .count();
    }

    @Test
    void worksAndSaysOnceWhatItDoesWithout() {
        try (Node node = new Node(redis, "lobby")) {
            node.publish("1");
            node.awaitBodies("1");
            redis.restart();
            node.awaitResync("restarted");
            node.publishSurely("2");
            node.awaitBodies("1", "2");
            assertThat(linesAbout("+info")).isEqualTo(1);
        }
    }

    @Test
    void provesItsRoomsAnewWhenOnlyTheConnectionWasLost() {
        try (Node node = new Node(redis, "lobby")) {
            node.publish("1");
            redis.command("CLIENT", "KILL", "TYPE", "normal");
            node.awaitResync("restarted");
            node.publishSurely("2");
            node.awaitBodies("1", "2");
        }
    }
}
