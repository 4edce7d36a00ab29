package dev.sidestream.sessions.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.HygieneChecks;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.store.Advice;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The scripts that extend sessions, against a real Redis and the real Spring Session. */
@EachRedis
@ExtendWith(HygieneChecks.class)
class TouchesIT {

    private RedisForTests redis;
    private RedisLink link;
    private SpringLoginSite site;
    private Touches touches;

    @BeforeEach
    void start() {
        redis = RedisForTests.shared();
        redis.flush();
        link = RedisLink.to(RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.defaults());
        link.connected().toCompletableFuture().join();
        site = new SpringLoginSite(redis);
        touches = new Touches(link, new Advice(), new WatchMetrics(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        site.close();
        link.close();
    }

    private static Watched watched(String resolver, String key, Duration life) {
        return new Watched(new SessionRef(resolver, key, 1, Instant.now().plus(life)), System.nanoTime());
    }

    private boolean touch(String resolver, String key, Duration life) {
        return touches.touch(watched(resolver, key, life)).toCompletableFuture().join();
    }

    private long ttl(String key) {
        return (Long) redis.command("PTTL", key);
    }

    @Test
    void springSessionsLiveOnAsAfterARequest() {
        String id = site.login("alice", Duration.ofMinutes(10));
        redis.command("PEXPIRE", SpringLoginSite.key(id), "60000");
        assertThat(touch("spring", SpringLoginSite.key(id), Duration.ofMinutes(10)))
                .isTrue();
        assertThat(ttl(SpringLoginSite.key(id))).isGreaterThan(500_000);
        assertThat(site.isAlive(id)).isTrue();
    }

    @Test
    void whatEndedNeverComesBackHoweverTouchAndLogoutMeet() {
        List<CompletableFuture<Boolean>> touching = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String id = site.login("alice", Duration.ofMinutes(10));
            ids.add(id);
            Watched session = watched("spring", SpringLoginSite.key(id), Duration.ofMinutes(10));
            touching.add(touches.touch(session).toCompletableFuture());
            site.logout(id);
            touching.add(touches.touch(session).toCompletableFuture());
        }
        assertThat(touching.stream().map(CompletableFuture::join))
                .as("some were extended")
                .contains(true);
        assertThat(ids).noneMatch(site::isAlive);
        assertThat(ids)
                .allMatch(id -> redis.command("EXISTS", SpringLoginSite.key(id)).equals(0L));
        assertThat(touch("express", "sess:gone", Duration.ofMinutes(10))).isFalse();
    }

    @Test
    void stringsThatWereDeletedNeverComeBackEither() {
        List<CompletableFuture<Boolean>> touching = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String key = "sess:" + i;
            redis.command("SET", key, "{}", "PX", "60000");
            Watched session = watched("express", key, Duration.ofMinutes(10));
            touching.add(touches.touch(session).toCompletableFuture());
            redis.command("DEL", key);
            touching.add(touches.touch(session).toCompletableFuture());
        }
        assertThat(touching.stream().map(CompletableFuture::join))
                .as("some were extended")
                .contains(true);
        assertThat(redis.command("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void sessionsOfTheIndexedRepositoryAreLeftAlone() {
        String id = site.login("alice", Duration.ofMinutes(10));
        redis.command("PEXPIRE", SpringLoginSite.key(id), "900000"); // its hash outlives the session by five minutes
        assertThat(touch("spring", SpringLoginSite.key(id), Duration.ofMinutes(10)))
                .isFalse();
    }

    @Test
    void stringsAreExtendedAndNeverShortened() {
        redis.command("SET", "sess:a", "{}", "PX", "60000");
        assertThat(touch("express", "sess:a", Duration.ofMinutes(10))).isTrue();
        assertThat(ttl("sess:a")).isGreaterThan(500_000);
        assertThat(touch("express", "sess:a", Duration.ofMinutes(1))).isFalse();
        assertThat(ttl("sess:a")).isGreaterThan(500_000);
        redis.command("SET", "sess:forever", "{}");
        assertThat(touch("express", "sess:forever", Duration.ofMinutes(10))).isFalse();
        assertThat(ttl("sess:forever")).isEqualTo(-1);
    }

    @Test
    void whatTheSiteShortenedGetsNoMoreThanTheSiteGivesIt() {
        redis.command("SET", "sess:b", "{}", "PX", "60000");
        Watched session = watched("express", "sess:b", Duration.ofHours(2));
        session.setDeadline(Instant.now().plusSeconds(60));
        redis.command("PEXPIRE", "sess:b", "30000");
        assertThat(touches.touch(session).toCompletableFuture().join()).isTrue();
        assertThat(ttl("sess:b")).isBetween(30_001L, 60_000L);
    }

    @Test
    void timesInJsonAreWrittenAsTheyWere() {
        long minuteAgo = System.currentTimeMillis() - 60_000;
        for (String form : List.of("%d", "[\"java.lang.Long\",%d]", "[ \"java.lang.Long\", %d ]")) {
            String key = SpringLoginSite.key(form);
            String then = form.formatted(minuteAgo);
            redis.command("HSET", key, "creationTime", then, "lastAccessedTime", then, "maxInactiveInterval", "600");
            redis.command("PEXPIRE", key, "60000");
            assertThat(touch("spring", key, Duration.ofMinutes(10))).as(form).isTrue();
            assertThat(ttl(key)).isGreaterThan(500_000);
            String accessed = text(redis.command("HGET", key, "lastAccessedTime"));
            assertThat(accessed).isNotEqualTo(then);
            assertThat(accessed.replaceAll("\\d{13}", "%d")).isEqualTo(form);
            assertThat(text(redis.command("HGET", key, "creationTime"))).isEqualTo(then);
        }
    }

    @Test
    void timesInAFormThatIsNotKnownAreLeftAloneAndSpokenOf() {
        ListAppender<ILoggingEvent> warnings = new ListAppender<>();
        warnings.start();
        Logger log = (Logger) LoggerFactory.getLogger(Advice.class);
        log.addAppender(warnings);
        String key = SpringLoginSite.key("other");
        redis.command("HSET", key, "creationTime", "x", "lastAccessedTime", "x", "maxInactiveInterval", "600");
        redis.command("PEXPIRE", key, "60000");
        assertThat(touch("spring", key, Duration.ofMinutes(10))).isFalse();
        log.detachAppender(warnings);
        assertThat(ttl(key)).isLessThanOrEqualTo(60_000);
        assertThat(warnings.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage()).contains("sidestream.session.touch"));
    }

    private static String text(Object answer) {
        return answer instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : String.valueOf(answer);
    }

    @Test
    void whoIsToBeExtendedIsSoOnceAMinute() {
        Watched session = watched("spring", "spring:session:sessions:x", Duration.ofMinutes(10));
        assertThat(touches.isDue(session)).isTrue();
        assertThat(touches.isDue(session)).isFalse();
        assertThat(touches.isDue(watched("django", ":1:x", Duration.ofMinutes(10))))
                .isFalse();
    }
}
