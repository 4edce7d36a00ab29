package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A node's word that it is there, over time. Renewed each 200 ms here, so that each look takes a second or so. */
class LeaseIT {

    private static final String KEY = "ss:node:here";
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Lease.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private RedisForTests redis;
    private RedisLink link;
    private Lease lease;

    @BeforeEach
    void start() {
        lines.start();
        logger.addAppender(lines);
        redis = RedisForTests.create();
        link = RedisLink.to(
                RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.of(Duration.ofSeconds(1)));
        Await.until("connected", link::isUp);
        lease = lease("here.1.", PERIOD);
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
        logger.detachAppender(lines);
    }

    private Lease lease(String owner, Duration period) {
        return new Lease(link, "here", owner, link.executor(), period);
    }

    private Object holder() {
        return redis.command("GET", KEY);
    }

    private void awaitHeldBy(String owner) {
        Await.until("held by " + owner, () -> owner.equals(holder()));
    }

    /** The time that it has left grows again, twice, before it has run out. */
    private void awaitTwoRenewals() {
        long[] seen = {(Long) redis.command("PTTL", KEY), 0};
        Await.until("renewed twice", () -> {
            long left = (Long) redis.command("PTTL", KEY);
            assertThat(left).as("ms left").isLessThanOrEqualTo(PERIOD.toMillis() * 3);
            seen[1] += seen[0] > 0 && left > seen[0] ? 1 : 0;
            seen[0] = left;
            return seen[1] == 2;
        });
    }

    private List<String> warnings() {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void isRenewedWhileTheNodeRuns() {
        lease.start();
        awaitHeldBy("here.1.");
        awaitTwoRenewals();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void isTakenAgainAfterRedisWasAway() {
        lease.start();
        awaitHeldBy("here.1.");
        redis.kill();
        Await.until("down", () -> !link.isUp());
        redis.start();
        redis.flush();
        awaitHeldBy("here.1.");
        awaitTwoRenewals();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void isTakenOverFromAProcessThatCrashed() {
        redis.command("SET", KEY, "here.0.", "PX", "60000");
        lease.start();
        awaitHeldBy("here.1.");
        awaitTwoRenewals();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void bothProcessesOfOneNameWarnOnceAndTheOneThatStaysHoldsIt() {
        lease.start();
        awaitHeldBy("here.1.");
        Lease other = lease("here.2.", PERIOD);
        other.start();
        Await.until("both know", () -> isContested(lease) && isContested(other));
        for (int turn = 0; turn < 2; turn++) {
            awaitTwoRenewals();
        }
        assertThat(warnings()).hasSize(2).allMatch(line -> line.contains("sidestream.node.id"));
        other.end();
        awaitHeldBy("here.1.");
        Await.until("alone", () -> !isContested(lease));
        awaitTwoRenewals();
        assertThat(holder()).isEqualTo("here.1.");
        assertThat(warnings()).hasSize(2);
    }

    private boolean isContested(Lease one) {
        return link.executor().submit(one::isContested).syncUninterruptibly().getNow();
    }

    @Test
    void isGivenBackAtTheEnd() {
        Lease lasting = lease("here.3.", Duration.ofMinutes(1));
        lasting.start();
        awaitHeldBy("here.3.");
        lasting.end();
        Await.until("given back", () -> holder() == null);
    }

    @Test
    void endingDoesNotTakeTheLeaseOfAnotherProcess() throws Exception {
        lease.start();
        awaitHeldBy("here.1.");
        redis.command("SET", KEY, "here.2.", "PX", "60000");
        lease.end();
        assertThat(afterAllBefore()).isEqualTo("here.2.");
    }

    /** Asks on the lease's own connection, so behind all that it has sent. */
    private String afterAllBefore() throws Exception {
        link.executor().submit(() -> {}).sync();
        byte[] holder = link.commands().get(KEY.getBytes(UTF_8)).get(10, TimeUnit.SECONDS);
        return holder == null ? null : new String(holder, UTF_8);
    }
}
