package dev.sidestream.ws.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.memory.InMemoryChannelLayer;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionWatch;
import dev.sidestream.sessions.User;
import dev.sidestream.ws.connection.ConnectionMetrics;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.ConsumerProperties;
import dev.sidestream.ws.connection.EventLoops;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.connection.websocket.ConnectionServices;
import dev.sidestream.ws.connection.websocket.NettyConnection;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.scope.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.netty.NettyPipeline;
import reactor.netty.ReactorNetty;

class SocketUpgradeTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final InMemoryChannelLayer layer = new InMemoryChannelLayer();
    private final List<NettyConnection> made = new ArrayList<>();

    /** Else each socket would keep the whole exchange of its handshake in memory, and nobody would notice. */
    @Test
    void findsTheOperationsOfAChannelWhereReactorNettyKeepsThem() throws ReflectiveOperationException {
        Field connection = ReactorNetty.class.getDeclaredField("CONNECTION");
        connection.setAccessible(true);

        assertThat(connection.get(null)).isSameAs(SocketUpgrade.OPERATIONS);
    }

    @Test
    void leavesNoMailboxOpenWhenTheSocketCannotBePutTogether() {
        channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
        channel.pipeline().addLast("decoder", new ChannelInboundHandlerAdapter()); // a name that is taken
        ConnectionRegistry registry = new ConnectionRegistry(20);

        assertThatThrownBy(() -> takeOver(registry)).hasMessageContaining("decoder");
        assertReceivesNothing();
        channel.finishAndReleaseAll();
        assertThat(registry.size()).isZero();
    }

    @Test
    void takesBackWhatASocketHasWhenItCannotBeStarted() {
        channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
        ConnectionRegistry registry = new ConnectionRegistry(20, new Refusing());

        assertThatThrownBy(() -> takeOver(registry)).hasMessageContaining("not watched");
        channel.finishAndReleaseAll();
        assertReceivesNothing();
        assertThat(registry.size()).isZero();
        assertThat(registry.ofUser("ada")).isEmpty();
    }

    private void takeOver(ConnectionRegistry registry) {
        new SocketUpgrade(1 << 16).takeOver(channel, Unpooled.EMPTY_BUFFER, on -> socket(on, registry));
    }

    private NettyConnection socket(Channel on, ConnectionRegistry registry) {
        HeartbeatProperties heartbeat = new HeartbeatProperties(Duration.ofSeconds(25), 2);
        ConnectionServices services = new ConnectionServices(
                layer,
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("none", LimitsProperties.class),
                heartbeat,
                new ConsumerProperties(Duration.ofSeconds(10)),
                registry,
                new EventLoops(heartbeat),
                new ConnectionMetrics(new SimpleMeterRegistry(), registry));
        Scope scope = new Scope(new User("ada", "ada", Set.of()), "", "/", Map.of(), Map.of(), Map.of());
        NettyConnection connection = new NettyConnection(
                services,
                on,
                scope,
                Dialects.PLAIN,
                new SessionRef("test", "key", 1, null),
                new TellAndClose(CloseCode.NORMAL));
        made.add(connection);
        return connection;
    }

    /** Messages are delivered by one thread, in their order; one that arrives is a task on the loop. */
    private void assertReceivesNothing() {
        channel.runPendingTasks();
        AtomicBoolean behind = new AtomicBoolean();
        try (Mailbox other = layer.open(message -> behind.set(true))) {
            layer.send(made.getFirst().channel(), new Message("x", "lost")).block();
            layer.send(other.channel(), new Message("x", "behind")).block();
            Await.until("what was sent later has come", behind::get);
        }
        assertThat(channel.hasPendingTasks()).isFalse();
    }

    private record Refusing() implements SessionWatch {

        @Override
        public void watch(SessionRef session) {
            throw new IllegalStateException("not watched");
        }

        @Override
        public void unwatch(SessionRef session) {}

        @Override
        public void used(SessionRef session) {}
    }
}
