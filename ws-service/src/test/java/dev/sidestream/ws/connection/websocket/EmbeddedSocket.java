package dev.sidestream.ws.connection.websocket;

import dev.sidestream.channel.Message;
import dev.sidestream.channel.memory.InMemoryChannelLayer;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.User;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.ConnectionListener;
import dev.sidestream.ws.connection.ConnectionMetrics;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.ConsumerProperties;
import dev.sidestream.ws.connection.EventLoops;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.scope.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** A connection on a channel without a network, whose time passes when the test says so. */
final class EmbeddedSocket implements ConnectionListener {

    static final LimitsProperties LIMITS = new LimitsProperties(
            DataSize.ofKilobytes(64),
            128,
            DataSize.ofMegabytes(1),
            20,
            40,
            100,
            2,
            100,
            100,
            30,
            1000,
            Duration.ofSeconds(5));
    static final HeartbeatProperties HEARTBEAT = new HeartbeatProperties(Duration.ofSeconds(25), 2);
    static final ConsumerProperties CONSUMER = new ConsumerProperties(Duration.ofSeconds(10));

    final EmbeddedChannel channel = new EmbeddedChannel();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<String> calls = new ArrayList<>();
    final NettyConnection connection;
    /** What the consumer answers to everything. */
    Supplier<@Nullable Mono<Void>> answer = Mono::empty;
    /** What it answers to the last call. */
    Supplier<Mono<Void>> farewell = Mono::empty;
    /** How often it was told that its socket has ended. */
    int ends;

    EmbeddedSocket() {
        this(new ConnectionRegistry(20));
    }

    EmbeddedSocket(ConnectionRegistry registry) {
        channel.freezeTime();
        ConnectionServices env = new ConnectionServices(
                new InMemoryChannelLayer(),
                LIMITS,
                HEARTBEAT,
                CONSUMER,
                registry,
                new EventLoops(HEARTBEAT),
                new ConnectionMetrics(meters, registry));
        Scope scope = new Scope(new User("ada", "ada", Set.of()), "", "/", Map.of(), Map.of(), Map.of());
        SessionRef session = new SessionRef("test", "key", 1, null);
        connection = new NettyConnection(env, channel, scope, Dialects.PLAIN, session, this);
        channel.pipeline().addLast(connection.handler());
    }

    EmbeddedSocket start() {
        connection.start();
        return this;
    }

    void receive(WebSocketFrame... frames) {
        channel.writeInbound((Object[]) frames);
        channel.runPendingTasks();
    }

    /** The peer goes away without a word. Past the channel's own close, which would drop what its loop has yet to do. */
    @SuppressWarnings("FutureReturnValueIgnored") // a close does not fail
    void leave() {
        channel.pipeline().close();
        channel.runPendingTasks();
    }

    void pass(Duration time) {
        for (int second = 0; second < time.toSeconds(); second++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    /** The code of the close frame that was sent; null when there was none yet. */
    @Nullable
    Integer closeSent() {
        for (Object written = channel.readOutbound(); written != null; written = channel.readOutbound()) {
            ByteBuf frame = (ByteBuf) written;
            try {
                if (frame.getUnsignedByte(0) == 0x88) {
                    return frame.getUnsignedShort(2);
                }
            } finally {
                frame.release();
            }
        }
        return null;
    }

    private Mono<Void> call(String what) {
        calls.add(what);
        Mono<Void> mono = answer.get();
        return mono == null ? nothing() : mono;
    }

    /** What a consumer with a bug returns. */
    @SuppressWarnings("NullAway")
    private static Mono<Void> nothing() {
        return null;
    }

    @Override
    public Mono<Void> connected(Connection socket) {
        return call("connect");
    }

    @Override
    public Mono<Void> received(Connection socket, Frame frame) {
        return call("receive " + frame.text());
    }

    @Override
    public Mono<Void> messaged(Connection socket, Message message) {
        return call("message " + message.body());
    }

    @Override
    public void socketEnded() {
        ends++;
    }

    @Override
    public Mono<Void> disconnected(Connection socket, CloseCode code) {
        calls.add("disconnect " + code.code());
        return farewell.get();
    }
}
