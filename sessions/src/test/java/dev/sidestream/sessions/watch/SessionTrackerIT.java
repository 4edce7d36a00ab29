package dev.sidestream.sessions.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.HygieneChecks;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.watch.SessionLifeProperties.Touch;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real sessions of a real Spring site, and what two nodes notice of them. */
@ExtendWith(HygieneChecks.class)
class SessionTrackerIT {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final SessionLifeProperties SETTINGS = new SessionLifeProperties(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(5), Touch.USER_FRAMES);

    private RedisForTests redis;
    private SpringLoginSite site;
    private WatchingNode node;

    @BeforeEach
    void start() {
        // Redis 7 wants to be asked for DEBUG, which Redis 6.2 allows and has no such setting for.
        redis = RedisForTests.isContainer()
                ? RedisForTests.create("--enable-debug-command", "yes")
                : RedisForTests.create();
        site = new SpringLoginSite(redis);
        node = node(SETTINGS);
    }

    @AfterEach
    void stop() {
        node.close();
        site.close();
        redis.close();
    }

    private WatchingNode node(SessionLifeProperties settings) {
        return new WatchingNode(RedisEndpoints.standalone(redis.host(), redis.port()), settings);
    }

    private static SessionLifeProperties grace(Duration grace) {
        return new SessionLifeProperties(grace, Duration.ZERO, Duration.ZERO, Touch.OFF);
    }

    private SessionRef openTracked(String id) {
        SessionRef session = node.open(id);
        node.awaitTracked();
        return session;
    }

    @Test
    @EachRedis
    void logoutIsHeardOnEveryNode() {
        String id = site.login("alice", HALF_AN_HOUR);
        try (WatchingNode other = node(SETTINGS)) {
            SessionRef here = openTracked(id);
            SessionRef there = other.open(id);
            other.awaitTracked();
            site.logout(id);
            assertThat(node.end(here)).isEqualTo(SessionEnd.LOGGED_OUT);
            assertThat(other.end(there)).isEqualTo(SessionEnd.LOGGED_OUT);
        }
    }

    @Test
    void logoutBetweenHandshakeAndWatchIsHeard() {
        String id = site.login("alice", HALF_AN_HOUR);
        SessionRef session = node.handshake(id);
        site.logout(id);
        node.tracker.watch(session);
        assertThat(node.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
    }

    @Test
    void rotationEndsTheOldId() {
        SessionRef old = openTracked(site.login("alice", HALF_AN_HOUR));
        String id = old.key().substring(SpringLoginSite.key("").length());
        String rotated = site.rotate(id);
        assertThat(node.end(old)).isEqualTo(SessionEnd.LOGGED_OUT);
        assertThat(node.handshake(rotated).fingerprint()).isEqualTo(old.fingerprint());
    }

    @Test
    void changedRolesAreHeardWithTheFingerprintOfNow() {
        String id = site.login("alice", HALF_AN_HOUR, "ROLE_USER");
        SessionRef session = openTracked(id);
        site.grant(id, "alice", "ROLE_USER", "ROLE_ADMIN");
        assertThat(node.end(session)).isEqualTo(SessionEnd.CHANGED);
    }

    @Test
    void pageViewsDisturbNobodyAndALaterLogoutIsStillHeard() {
        String id = site.login("alice", HALF_AN_HOUR, "ROLE_USER");
        SessionRef session = openTracked(id);
        for (int view = 1; view <= 3; view++) {
            double before = reads();
            site.view(id);
            Await.until("the view is read", () -> reads() > before);
        }
        assertThat(node.ends).isEmpty();
        site.logout(id);
        assertThat(node.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
    }

    private double reads() {
        return node.meters
                .counter("sidestream.sessions.reads", "outcome", "read")
                .count();
    }

    @Test
    @EachRedis
    void expiryIsHeardAtTheDeadlineAlthoughRedisDeletesLate() {
        redis.command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        SessionRef session = openTracked(site.login("alice", Duration.ofSeconds(4)));
        assertThat(node.end(session)).isEqualTo(SessionEnd.EXPIRED);
        assertThat(Instant.now()).isAfterOrEqualTo(session.deadline());
    }

    @Test
    void anExtendedSessionIsWarnedOfItsEndAndOfItsExtension() {
        String id = site.login("alice", Duration.ofSeconds(8));
        SessionRef session = openTracked(id);
        Await.until("the end is announced", () -> node.warnings.containsKey(session.key()));
        assertThat(node.warnings.get(session.key()).getFirst()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        site.view(id);
        Await.until("the extension is", () -> node.warnings.get(session.key()).size() > 1);
        assertThat(node.warnings.get(session.key()).get(1)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(node.ends).isEmpty();
    }

    @Test
    void logoutWhileTheTrackingConnectionIsKilledIsFound() {
        String id = site.login("alice", HALF_AN_HOUR);
        SessionRef session = openTracked(id);
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        site.logout(id);
        assertThat(node.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
    }

    @Test
    @EachRedis
    void withoutTrackingLogoutsAreFoundByLooking() {
        redis.command("ACL", "SETUSER", "default", "-client");
        String id = site.login("alice", HALF_AN_HOUR);
        SessionRef session = node.open(id);
        Await.until("it is read", () -> reads() >= 1);
        site.logout(id);
        assertThat(node.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
        assertThat(node.tracker.isTracked()).isFalse();
    }

    @Test
    @EachRedis
    void readOnlyUserOfTheSessionsPrefixIsEnough() {
        redis.command(
                "ACL",
                "SETUSER",
                "reader",
                "on",
                ">pass",
                "~spring:session:*",
                "+@read",
                "+ping",
                "+client|tracking",
                "+time");
        RedisEndpoints endpoints = new RedisEndpoints(
                RedisEndpoints.Kind.STANDALONE,
                java.util.List.of(io.lettuce.core.RedisURI.builder()
                        .withHost(redis.host())
                        .withPort(redis.port())
                        .withAuthentication("reader", "pass")
                        .build()),
                null);
        String id = site.login("alice", HALF_AN_HOUR);
        try (WatchingNode reader = new WatchingNode(endpoints, SETTINGS)) {
            SessionRef session = reader.open(id);
            reader.awaitTracked();
            site.logout(id);
            assertThat(reader.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
        }
    }

    @Test
    @EachRedis
    void handshakesAloneFillNoTableOfRedis() {
        openTracked(site.login("alice", HALF_AN_HOUR));
        for (int i = 0; i < 50; i++) {
            assertThat(node.isLogin("forged-" + i)).isFalse();
            assertThat(node.isLogin(site.login("visitor" + i, HALF_AN_HOUR))).isTrue();
        }
        assertThat(String.valueOf(redis.command("INFO", "stats"))).contains("tracking_total_keys:1\r");
    }

    @Test
    @EachRedis
    void flushEndsEverySession() {
        SessionRef alice = openTracked(site.login("alice", HALF_AN_HOUR));
        SessionRef bob = node.open(site.login("bob", HALF_AN_HOUR));
        Await.until("both are read", () -> reads() >= 2);
        redis.flush();
        assertThat(node.end(alice)).isEqualTo(SessionEnd.LOGGED_OUT);
        assertThat(node.end(bob)).isEqualTo(SessionEnd.LOGGED_OUT);
    }

    @Test
    void redisAwayForLongerThanTheGraceIsUnverifiableAndNeverALogout() {
        try (WatchingNode impatient = node(grace(Duration.ofSeconds(3)))) {
            SessionRef session = impatient.open(site.login("alice", HALF_AN_HOUR));
            impatient.awaitTracked();
            redis.pause();
            assertThat(impatient.end(session)).isEqualTo(SessionEnd.UNVERIFIABLE);
            redis.resume();
        }
    }

    @Test
    void redisAwayForLessThanTheGraceEndsNothing() {
        SessionRef session = openTracked(site.login("alice", HALF_AN_HOUR));
        double before = reads(); // from before the restart, after which it may be read at once
        redis.restart();
        Await.until("it is read anew", () -> node.tracker.isTracked() && reads() > before);
        assertThat(node.ends).isEmpty();
        redis.command("DEL", session.key());
        assertThat(node.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
    }

    @Test
    void manySocketsOfOneSessionAreOneWatchUntilTheLastIsGone() {
        String id = site.login("alice", HALF_AN_HOUR);
        SessionRef session = openTracked(id);
        node.open(id);
        assertThat(node.tracker.size()).isEqualTo(1);
        node.tracker.unwatch(session);
        site.logout(id);
        assertThat(node.end(session)).isEqualTo(SessionEnd.LOGGED_OUT);
        node.tracker.unwatch(session);
        Await.until("nothing is watched", () -> node.tracker.size() == 0);
    }
}
