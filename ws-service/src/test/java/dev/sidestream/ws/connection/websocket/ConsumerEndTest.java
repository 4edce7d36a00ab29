package dev.sidestream.ws.connection.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.ws.connection.ConsumerProperties;
import dev.sidestream.ws.protocol.CloseCode;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How long a consumer may outlive its socket. */
class ConsumerEndTest {

    private final EmbeddedSocket socket = new EmbeddedSocket();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Mono<Void> endless = Mono.<Void>never().doOnCancel(cancelled::incrementAndGet);

    private double counted() {
        return socket.meters.get("sidestream.consumers.cancelled").counter().count();
    }

    @Test
    void cancelsAConnectThatNeverEndsAndThenDisconnects() {
        socket.answer = () -> endless;
        socket.start();
        socket.leave();
        socket.pass(Duration.ofSeconds(9));
        assertThat(cancelled).hasValue(0);
        assertThat(socket.calls).containsExactly("connect");
        socket.pass(Duration.ofSeconds(1));
        assertThat(cancelled).hasValue(1);
        assertThat(socket.calls).containsExactly("connect", "disconnect 1006");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void cancelsAReceiveThatNeverEndsAndDropsWhatWaitsBehindIt() {
        socket.start();
        socket.answer = () -> endless;
        socket.receive(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"));
        socket.leave();
        socket.pass(Duration.ofSeconds(30));
        assertThat(cancelled).hasValue(1);
        assertThat(socket.calls).containsExactly("connect", "receive a", "disconnect 1006");
    }

    @Test
    void cancelsAConsumerThatWeCloseOurselves() {
        socket.start();
        socket.answer = () -> endless;
        socket.receive(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"));
        socket.connection.close(CloseCode.KICKED);
        socket.leave();
        socket.pass(Duration.ofSeconds(10));
        assertThat(socket.calls).containsExactly("connect", "receive a", "disconnect 4012");
    }

    @Test
    void theGraceIsForAllThatWaitsTogether() {
        socket.start();
        Sinks.Empty<Void> done = Sinks.empty();
        socket.answer = done::asMono;
        socket.receive(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"));
        socket.leave();
        socket.pass(Duration.ofSeconds(6));
        socket.answer = () -> endless;
        done.tryEmitEmpty();
        socket.pass(Duration.ofSeconds(4));
        assertThat(socket.calls).containsExactly("connect", "receive a", "receive b", "disconnect 1006");
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void leavesAConsumerAloneThatEndsInTime() {
        Sinks.Empty<Void> done = Sinks.empty();
        socket.answer = done::asMono;
        socket.start();
        socket.leave();
        socket.pass(Duration.ofSeconds(8));
        done.tryEmitEmpty();
        socket.pass(Duration.ofSeconds(20));
        assertThat(socket.calls).containsExactly("connect", "disconnect 1006");
        assertThat(counted()).isZero();
        assertThat(socket.channel.runScheduledPendingTasks())
                .as("nothing is left on the loop")
                .isEqualTo(-1);
    }

    @Test
    void isNotDisturbedByACancelledConsumerThatEndsAfterAll() {
        Sinks.Empty<Void> late = Sinks.empty();
        Sinks.Empty<Void> last = Sinks.empty();
        socket.answer = () -> Mono.fromFuture(late.asMono().toFuture(), true);
        socket.farewell = last::asMono;
        socket.start();
        socket.leave();
        socket.pass(Duration.ofSeconds(10));
        late.tryEmitEmpty();
        last.tryEmitEmpty();
        socket.pass(Duration.ofSeconds(20));
        assertThat(socket.calls).containsExactly("connect", "disconnect 1006");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void cancelsADisconnectThatNeverEnds() {
        socket.farewell = () -> endless;
        socket.start();
        socket.leave();
        socket.pass(Duration.ofSeconds(9));
        assertThat(cancelled).hasValue(0);
        socket.pass(Duration.ofSeconds(1));
        assertThat(cancelled).hasValue(1);
        assertThat(socket.calls).containsExactly("connect", "disconnect 1006");
    }

    @Test
    void survivesADisconnectThatThrows() {
        socket.farewell = () -> {
            throw new IllegalStateException("a bug");
        };
        socket.start();
        socket.leave();
        assertThat(socket.calls).containsExactly("connect", "disconnect 1006");
        socket.channel.checkException();
    }

    @Test
    void tellsOfTheEndAtOnceHoweverBusyTheConsumerIs() {
        socket.answer = () -> endless;
        socket.start();
        socket.leave();
        assertThat(socket.ends).isEqualTo(1);
        assertThat(socket.connection.services().registry().size()).isZero();
        socket.pass(Duration.ofSeconds(20));
        assertThat(socket.ends).isEqualTo(1);
    }

    @Test
    void namesTheSettingThatIsOutOfBounds() {
        assertThatThrownBy(() -> new ConsumerProperties(Duration.ofSeconds(-1)))
                .hasMessageContaining("sidestream.consumer.grace");
        assertThatThrownBy(() -> new ConsumerProperties(Duration.ofDays(1)))
                .hasMessageContaining("sidestream.consumer.grace");
    }
}
