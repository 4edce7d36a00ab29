package dev.sidestream.sessions.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.SessionRef;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchedTest {

    private final Instant now = Instant.now();
    private final Watched session =
            new Watched(new SessionRef("express", "sess:a", 1, now.plus(Duration.ofHours(2))), System.nanoTime());

    private Duration life() {
        return Duration.ofMillis(session.life);
    }

    @Test
    void itsLifeIsWhatTheSiteGaveItLast() {
        assertThat(life()).isCloseTo(Duration.ofHours(2), Duration.ofSeconds(30));
        session.setDeadline(now.plus(Duration.ofMinutes(15)));
        assertThat(life()).isCloseTo(Duration.ofMinutes(15), Duration.ofSeconds(30));
        session.setDeadline(now.plus(Duration.ofHours(3)));
        assertThat(life()).isCloseTo(Duration.ofHours(3), Duration.ofSeconds(30));
        session.setDeadline(null);
        session.setDeadline(now.plus(Duration.ofHours(1)));
        assertThat(life()).isCloseTo(Duration.ofHours(1), Duration.ofSeconds(30));
    }

    @Test
    void readingItAgainOrExtendingItWearsNothingOff() {
        session.life = Duration.ofMinutes(30).toMillis();
        session.setDeadline(now.plus(Duration.ofHours(2)).minusMillis(900));
        assertThat(life()).hasMinutes(30);
        session.extending();
        session.setDeadline(Instant.now().plus(Duration.ofMinutes(30)).minusMillis(300));
        assertThat(life()).hasMinutes(30);
    }
}
