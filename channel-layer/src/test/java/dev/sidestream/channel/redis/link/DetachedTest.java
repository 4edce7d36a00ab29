package dev.sidestream.channel.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidestream.channel.testing.Await;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DetachedTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Detached.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final DefaultEventExecutor loop = new DefaultEventExecutor();

    @BeforeEach
    void start() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private List<Level> levels() {
        return List.copyOf(lines.list).stream().map(ILoggingEvent::getLevel).toList();
    }

    private static void fail() {
        throw new IllegalStateException("on purpose");
    }

    @Test
    void saysWhatALaterTaskHasThrown() {
        Detached.after(Duration.ofMillis(1), DetachedTest::fail, loop);
        Await.until("said", () -> levels().contains(Level.ERROR));
    }

    @Test
    void repeatsATaskThatThrows() {
        Detached.each(Duration.ofMillis(1), DetachedTest::fail, loop);
        Await.until("said twice", () -> levels().size() >= 2);
    }

    @Test
    void saysWhatAReceiverHasThrown() {
        Detached.then(CompletableFuture.completedFuture(1), (value, error) -> fail(), Runnable::run);
        assertThat(levels()).containsExactly(Level.ERROR);
    }

    @Test
    void leavesAFailureToTheReceiver() {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        IllegalStateException failure = new IllegalStateException("on purpose");
        Detached.then(CompletableFuture.failedFuture(failure), (value, error) -> told.complete(error), Runnable::run);
        assertThat(told).isCompletedWithValue(failure);
        assertThat(levels()).isEmpty();
    }

    @Test
    void saysAtDebugLevelThatAnOutcomeOfNoConsequenceFailed() {
        logger.setLevel(Level.DEBUG);
        Detached.log(CompletableFuture.failedFuture(new IllegalStateException("on purpose")), "It failed");
        assertThat(levels()).containsExactly(Level.DEBUG);
    }

    @Test
    void saysNothingOfATaskThatTheEndOfTheLoopCancels() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Detached.after(Duration.ofHours(1), DetachedTest::fail, loop);
        loop.execute(running::countDown);
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        assertThat(levels()).isEmpty();
    }
}
