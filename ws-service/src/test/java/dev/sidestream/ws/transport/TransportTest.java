package dev.sidestream.ws.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

class TransportTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void isTheBestThatIsSafeUnlessToldOtherwise() {
        context.run(
                app -> assertThat(app.getBean(TransportProperties.class).kind()).isEqualTo(Transport.AUTO));
        assertThat(uses(Transport.AUTO, Transport.EPOLL.whyNot() == null ? EpollIoHandler.class : NioIoHandler.class))
                .isTrue();
    }

    @Test
    void isTheOneThatWasAskedFor() {
        context.withPropertyValues("sidestream.transport=nio")
                .run(app -> assertThat(app.getBean(TransportProperties.class).kind())
                        .isEqualTo(Transport.NIO));
        assertThat(uses(Transport.NIO, NioIoHandler.class)).isTrue();
        servesWith(Transport.NIO);
    }

    @Test
    void isIoUringWhereTheKernelAllowsIt() {
        assumeThat(Transport.IO_URING.whyNot()).isNull();
        context.withPropertyValues("sidestream.transport=io_uring")
                .run(app -> assertThat(app.getBean(TransportProperties.class).kind())
                        .isEqualTo(Transport.IO_URING));
        assertThat(uses(Transport.IO_URING, IoUringIoHandler.class)).isTrue();
        servesWith(Transport.IO_URING);
    }

    @Test
    void namesTheSettingWhenItIsNone() {
        context.withPropertyValues("sidestream.transport=carrier-pigeon")
                .run(app -> assertThat(app).getFailure().hasStackTraceContaining("sidestream.transport"));
    }

    private static boolean uses(Transport transport, Class<? extends IoHandler> handler) {
        TransportLoopResources loops = new TransportLoopResources(transport, 1);
        EventLoopGroup group = loops.onServer(true);
        loops.dispose();
        return ((IoEventLoopGroup) group).isIoType(handler);
    }

    /** A server and a client meet on it, and what runs there may not block. */
    private static void servesWith(Transport transport) {
        TransportLoopResources loops = new TransportLoopResources(transport, 1);
        DisposableServer server = HttpServer.create()
                .runOn(loops)
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.sendString(
                        Mono.fromSupplier(() -> Schedulers.isInNonBlockingThread() + " " + request.path())))
                .bindNow();
        try {
            assertThat(HttpClient.create()
                            .runOn(loops)
                            .port(server.port())
                            .host("127.0.0.1")
                            .get()
                            .uri("/chat")
                            .responseContent()
                            .aggregate()
                            .asString()
                            .block(Duration.ofSeconds(20)))
                    .isEqualTo("true chat");
            assertThat(server.channel()).isInstanceOf(ServerSocketChannel.class);
        } finally {
            server.disposeNow();
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(20));
        }
        assertThat(loops.onServer(true).isTerminated()).isTrue();
    }

    @EnableConfigurationProperties(TransportProperties.class)
    static class Properties {}
}
