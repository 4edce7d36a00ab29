package dev.sidestream.ws.connection.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.Message;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.protocol.CloseCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class NettyConnectionTest {

    private final EmbeddedSocket socket = new EmbeddedSocket();

    @Test
    void callsConnectFirstThenFramesInOrderAndDisconnectOnceAndLast() {
        socket.start();
        socket.receive(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"));
        socket.leave();
        assertThat(socket.calls).containsExactly("connect", "receive a", "receive b", "disconnect 1006");
    }

    @Test
    void awaitsTheConsumerBeforeTheNextFrameAndLeavesTheSocketUnreadMeanwhile() {
        Sinks.Empty<Void> done = Sinks.empty();
        socket.answer = done::asMono;
        socket.start();
        socket.receive(new TextWebSocketFrame("a"));
        assertThat(socket.calls).containsExactly("connect");
        assertThat(socket.channel.config().isAutoRead()).isFalse();
        socket.answer = Mono::empty;
        done.tryEmitEmpty();
        socket.channel.runPendingTasks();
        assertThat(socket.calls).containsExactly("connect", "receive a");
        assertThat(socket.channel.config().isAutoRead()).isTrue();
    }

    @Test
    void closesWithInternalErrorWhenTheConsumerThrows() {
        socket.start();
        socket.answer = () -> {
            throw new IllegalStateException("a bug");
        };
        socket.receive(new TextWebSocketFrame("a"));
        assertThat(socket.closeSent()).isEqualTo(1011);
    }

    @Test
    void closesWithInternalErrorWhenTheConsumerThrowsAnError() {
        socket.start();
        socket.answer = () -> {
            throw new AssertionError("a bug");
        };
        socket.receive(new TextWebSocketFrame("a"));
        assertThat(socket.closeSent()).isEqualTo(1011);
    }

    @Test
    void disconnectsAConsumerThatReturnedNoMono() {
        socket.start();
        socket.answer = () -> null;
        socket.receive(new TextWebSocketFrame("a"));
        assertThat(socket.closeSent()).isEqualTo(1011);
        socket.leave();
        assertThat(socket.calls).containsExactly("connect", "receive a", "disconnect 1011");
    }

    @Test
    void handsOverWhatWasReceivedBeforeThePeerClosed() {
        socket.start();
        Sinks.Empty<Void> done = Sinks.empty();
        socket.answer = done::asMono;
        socket.receive(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"), new CloseWebSocketFrame(1001, ""));
        assertThat(socket.calls).containsExactly("connect", "receive a");
        done.tryEmitEmpty();
        socket.channel.runPendingTasks();
        assertThat(socket.calls).containsExactly("connect", "receive a", "receive b", "disconnect 1001");
    }

    @Test
    void handsOverNothingMoreOnceItCloses() {
        socket.start();
        Sinks.Empty<Void> done = Sinks.empty();
        socket.answer = done::asMono;
        socket.receive(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"));
        socket.connection.close(CloseCode.KICKED);
        done.tryEmitEmpty();
        socket.leave();
        assertThat(socket.calls).containsExactly("connect", "receive a", "disconnect 4012");
    }

    @Test
    void closesWithTheCloseFrameWhenThePeerBrokeTheRules() {
        socket.start();
        socket.receive(new CloseWebSocketFrame(5000, ""));
        assertThat(socket.closeSent()).isEqualTo(1002);
        assertThat(socket.channel.isOpen()).isFalse();
        assertThat(socket.calls).containsExactly("connect", "disconnect 1002");
    }

    @Test
    void readsOnForTheAnswerToACloseHoweverBusyTheConsumerIs() {
        socket.start();
        socket.answer = () -> {
            socket.connection.close(CloseCode.KICKED);
            return Mono.never();
        };
        socket.receive(new TextWebSocketFrame("a"));
        assertThat(socket.channel.config().isAutoRead()).isTrue();
    }

    @Test
    void cutsOffAPeerThatClosesAndThenReadsNothing() {
        socket.channel.pipeline().addFirst(new NeverWritten());
        socket.start();
        socket.receive(new CloseWebSocketFrame(1000, ""));
        assertThat(socket.channel.isOpen()).isTrue();
        socket.pass(Duration.ofSeconds(15));
        assertThat(socket.channel.isOpen()).isFalse();
        assertThat(socket.calls).containsExactly("connect", "disconnect 1000");
    }

    @Test
    void cutsOffAPeerThatDoesNotAnswerAClose() {
        socket.start();
        socket.connection.close(CloseCode.KICKED);
        socket.channel.runPendingTasks();
        assertThat(socket.closeSent()).isEqualTo(4012);
        socket.pass(Duration.ofSeconds(5));
        assertThat(socket.channel.isOpen()).isTrue();
        socket.pass(Duration.ofSeconds(10));
        assertThat(socket.channel.isOpen()).isFalse();
    }

    @Test
    void closesAfterTwoUnansweredPings() {
        socket.start();
        socket.pass(Duration.ofSeconds(54));
        assertThat(socket.closeSent()).isNull();
        socket.pass(Duration.ofSeconds(1));
        assertThat(socket.closeSent()).isEqualTo(4201);
        assertThat(socket.channel.isOpen()).as("nobody is waited for").isFalse();
        assertThat(socket.calls).containsExactly("connect", "disconnect 4201");
    }

    @Test
    void cutsOffAPeerThatAnswersNoPingAndTakesNoByte() {
        socket.channel.pipeline().addFirst(new NeverWritten());
        socket.start();
        socket.pass(Duration.ofSeconds(55));
        assertThat(socket.channel.isOpen()).isFalse();
    }

    @Test
    void takesAnAnswerUntilTheTimeForItIsOver() {
        socket.start();
        socket.pass(Duration.ofSeconds(54));
        socket.receive(new PongWebSocketFrame());
        socket.pass(Duration.ofSeconds(50));
        assertThat(socket.closeSent()).isNull();
        socket.pass(Duration.ofSeconds(1));
        assertThat(socket.closeSent()).isEqualTo(4201);
    }

    @Test
    void staysOpenWhilePingsAreAnswered() {
        socket.start();
        for (int i = 0; i < 10; i++) {
            socket.pass(Duration.ofSeconds(25));
            socket.receive(new PongWebSocketFrame());
        }
        assertThat(socket.closeSent()).isNull();
    }

    @Test
    void closesAPeerThatIsGoneHoweverBusyItsConsumerIs() {
        socket.answer = Mono::never;
        socket.start();
        socket.pass(Duration.ofSeconds(55));
        assertThat(socket.closeSent()).isEqualTo(4201);
        assertThat(socket.channel.isOpen()).isFalse();
    }

    @Test
    void doesNotCountPingsAgainstAPeerThatItDoesNotRead() {
        Sinks.Empty<Void> done = Sinks.empty();
        socket.answer = done::asMono;
        socket.start();
        socket.receive(new TextWebSocketFrame("waits"));
        socket.pass(Duration.ofSeconds(200));
        assertThat(socket.closeSent()).isNull();
        socket.answer = Mono::empty;
        done.tryEmitEmpty();
        socket.pass(Duration.ofSeconds(100));
        assertThat(socket.closeSent()).isEqualTo(4201);
    }

    @Test
    void dropsAndCountsMessagesBeyondWhatMayWaitForABusyConsumer() {
        socket.answer = Mono::never;
        socket.start();
        for (int i = 0; i < 1_010; i++) {
            socket.connection
                    .layer()
                    .send(socket.connection.channel(), new Message("x", "m" + i))
                    .block();
        }
        Await.until("ten are dropped", () -> {
            socket.channel.runPendingTasks();
            return socket.meters.get("sidestream.messages.dropped").counter().count() == 10;
        });
    }

    @Test
    void worksOffABacklogOfConsumersThatAreDoneAtOnce() {
        Sinks.Empty<Void> done = Sinks.empty();
        socket.answer = done::asMono;
        socket.start();
        for (int i = 0; i < 400; i++) {
            socket.receive(new TextWebSocketFrame("x"));
        }
        socket.answer = () -> Mono.fromRunnable(() -> {});
        done.tryEmitEmpty();
        socket.channel.runPendingTasks();
        assertThat(socket.calls).hasSize(401);
    }

    @Test
    void replacesAsManyOfAUsersConnectionsAsAreTooMany() {
        ConnectionRegistry registry = new ConnectionRegistry(2);
        EmbeddedSocket[] sockets = new EmbeddedSocket[5];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = new EmbeddedSocket(registry).start();
        }
        for (int i = 0; i < sockets.length; i++) {
            sockets[i].channel.runPendingTasks();
            assertThat(sockets[i].closeSent()).as("socket %d", i).isEqualTo(i < 3 ? Integer.valueOf(4015) : null);
        }
    }

    @Test
    void anIdleConnectionHoldsNothingScheduledOfItsOwn() {
        socket.start();
        socket.pass(Duration.ofSeconds(3));
        EmbeddedSocket other = socket;
        assertThat(other.connection.queuedBytes()).isZero();
        socket.leave();
        socket.pass(Duration.ofSeconds(30));
        assertThat(socket.channel.runScheduledPendingTasks())
                .as("nothing is left on the loop")
                .isEqualTo(-1);
    }

    /** A peer whose kernel takes no more bytes. */
    private static final class NeverWritten extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }
}
