package dev.sidestream.channel.redis.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.Held;
import dev.sidestream.channel.testing.RedisForTests;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RedisLinkIT {

    private static final byte[] KEY = "k".getBytes(UTF_8);

    private RedisForTests redis;
    private RedisLink link;

    @BeforeEach
    void start() {
        redis = RedisForTests.create();
        link = link();
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    private RedisLink link() {
        RedisLink opened = RedisLink.to(
                RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.of(Duration.ofSeconds(1)));
        Await.until("connected", opened::isUp);
        return opened;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionHasEachScriptBeforeAnybodyHasTheConnection() throws Exception {
        RedisScript script = new RedisScript(RedisChannelLayer.class, "page.lua");
        for (int turn = 0; turn < 30; turn++) {
            get(link.commands().scriptFlush());
            try (RedisLink other =
                    RedisLink.to(RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.defaults())) {
                if (turn % 2 == 0) {
                    get(other.executor().submit(() -> {})); // the connection is on its way
                }
                other.load(script);
                Await.until("connected", other::isUp);
                String sha = other.commands().digest(script.text());
                assertThat(get(other.commands().scriptExists(sha))).containsExactly(true);
            }
        }
    }

    @Test
    void connectsAgainAfterACrash() throws Exception {
        get(link.commands().set(KEY, KEY));
        redis.kill();
        Await.until("the loss is noticed", () -> !link.isUp());
        assertThatThrownBy(() -> get(link.commands().get(KEY))).isNotNull();
        redis.start();
        Await.until("it is up again", link::isUp);
        assertThat(get(link.commands().get(KEY))).isEqualTo(KEY);
    }

    @Test
    void closesNoConnectionThatItsOwnerHasJustClosed() throws Exception {
        Logger lettuce = (Logger) LoggerFactory.getLogger(RedisChannelHandler.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        lettuce.addAppender(lines);
        RedisLink other = link();
        Thread closing = Thread.ofPlatform().unstarted(other::close);
        try {
            StatefulRedisConnection<byte[], byte[]> dedicated = get(other.open(RedisNode.SINGLE));
            try (Held held = new Held(other.executor())) {
                Detached.log(dedicated.closeAsync(), "Not closed");
                closing.start();
                Await.until("the link waits for its loop", () -> isWaiting(closing));
            }
            assertThat(closing.join(Duration.ofSeconds(30))).isTrue();
        } finally {
            lettuce.detachAppender(lines);
        }
        assertThat(lines.list).extracting(ILoggingEvent::getMessage).isEmpty();
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void failsCommandsInTimeWhileRedisIsSilent() throws Exception {
        redis.pause();
        try {
            assertThatThrownBy(() -> get(link.commands().get(KEY))).hasMessageContaining("timed out");
            Await.until("it is down", () -> !link.isUp());
        } finally {
            redis.resume();
        }
        Await.until("it is up again", link::isUp);
        get(link.commands().set(KEY, KEY));
    }

    @Test
    void neverSendsAWriteTwice() throws Exception {
        redis.pause();
        Future<Long> unknown = link.commands().incr(KEY);
        assertThatThrownBy(() -> get(unknown)).hasMessageContaining("timed out");
        Await.until("the silent connection is given up", Duration.ofSeconds(30), () -> link.failedConnects() > 0);
        redis.resume();
        Await.until("it is up again", link::isUp);
        assertThat(new String(get(link.commands().get(KEY)), UTF_8)).isEqualTo("1");
    }

    @Test
    void sendsCommandsOfOneTurnTogether() throws Exception {
        long before = readsOfTheServer();
        List<Future<Long>> answers = new ArrayList<>();
        try (Held held = new Held(link.executor())) {
            for (int i = 0; i < 1_000; i++) {
                answers.add(link.commands().incr(KEY));
            }
        }
        for (Future<Long> answer : answers) {
            get(answer);
        }
        assertThat(readsOfTheServer() - before)
                .as("reads of the server, 16 KiB each, for 1,000 commands of 30 bytes and what else it is asked")
                .isLessThan(20);
    }

    private long readsOfTheServer() {
        Matcher reads =
                Pattern.compile("total_reads_processed:(\\d+)").matcher(String.valueOf(redis.command("INFO", "stats")));
        assertThat(reads.find()).isTrue();
        return Long.parseLong(reads.group(1));
    }

    @Test
    void startsWithoutRedisAndFindsItLater() throws Exception {
        redis.kill();
        try (RedisLink early =
                RedisLink.to(RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.defaults())) {
            assertThatThrownBy(() -> early.connected()
                            .toCompletableFuture()
                            .orTimeout(10, TimeUnit.SECONDS)
                            .join())
                    .hasMessageContaining("onnect");
            assertThat(early.isUp()).isFalse();
            redis.start();
            Await.until("it is up", early::isUp);
            assertThat(get(early.commands().ping())).isEqualTo("PONG");
        }
    }

    @Test
    void noticesAReplicaAndConnectsAnewWithoutALoss() throws Exception {
        try (RedisForTests master = RedisForTests.process()) {
            long before = get(link.commands().clientId());
            redis.command("REPLICAOF", master.host(), Integer.toString(master.port()));
            Await.until("it is noticed", () -> link.replicaFor().isPositive());
            Await.until("connected anew", () -> isAnotherThan(before));
            assertThat(link.isUp()).isTrue();
            redis.command("REPLICAOF", "NO", "ONE");
            Await.until("it is no replica", () -> link.replicaFor().isZero());
            get(link.commands().set(KEY, KEY));
        }
    }

    private boolean isAnotherThan(long before) {
        try {
            return get(link.commands().clientId()) != before;
        } catch (Exception replacedMeanwhile) {
            return false;
        }
    }

    @Test
    @EachRedis
    void opensDedicatedConnectionsThatHearPushesAndDoNotReconnect() throws Exception {
        RedisNode node = link.masters().getFirst();
        assertThat(link.nodeOf(KEY)).isEqualTo(node);
        StatefulRedisConnection<byte[], byte[]> own = get(link.open(node));
        List<String> pushes = new CopyOnWriteArrayList<>();
        own.addListener(message -> pushes.add(message.getType()));
        get(own.async().clientTracking(TrackingArgs.Builder.enabled()));
        get(own.async().get(KEY));
        get(link.commands().set(KEY, KEY));
        Await.until("the invalidation arrives", () -> pushes.contains("invalidate"));
        redis.kill();
        redis.start();
        Await.until("the shared one is up again", link::isUp);
        assertThat(own.isOpen()).isFalse();
    }
}
