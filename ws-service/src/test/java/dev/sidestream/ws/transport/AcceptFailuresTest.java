package dev.sidestream.ws.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class AcceptFailuresTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(AcceptFailures.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong now = new AtomicLong();
    private final DisposableServer server = new AcceptFailures(meters, now::get)
            .apply(HttpServer.create().host("127.0.0.1").port(0))
            .bindNow();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        server.disposeNow();
    }

    /** What Netty does when the kernel refuses an accept. */
    private void fail() throws Exception {
        server.channel()
                .eventLoop()
                .submit(() -> server.channel().pipeline().fireExceptionCaught(new IOException("Too many open files")))
                .get();
    }

    @Test
    void countsEachAndLogsOneAMinute() throws Exception {
        for (int second = 0; second < 60; second++) {
            fail();
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(meters.get("sidestream.accepts.failed").counter().count()).isEqualTo(60);
        assertThat(lines.list).hasSize(1);
        assertThat(String.valueOf(lines.list.getFirst().getKeyValuePairs())).contains("Too many open files");
        fail();
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void leavesThePauseOfASecondToReactorNetty() throws Exception {
        fail();
        assertThat(server.channel().config().isAutoRead()).isFalse();
    }
}
