package dev.sidestream.ws.connection;

import dev.sidestream.channel.Message;
import dev.sidestream.channel.memory.InMemoryChannelLayer;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.User;
import dev.sidestream.ws.connection.websocket.ConnectionServices;
import dev.sidestream.ws.connection.websocket.NettyConnection;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.scope.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.publisher.Mono;

/** A connection enters and leaves the registry beside 10,000 others; the sockets of a session are looked up. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RegistryBenchmark {

    private static final int OTHERS = 10_000;

    private final LimitsProperties limits =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("none", LimitsProperties.class);
    private final ConnectionRegistry registry = new ConnectionRegistry(limits.connectionsPerUser());
    private final HeartbeatProperties heartbeat = new HeartbeatProperties(Duration.ofSeconds(25), 2);
    private final ConnectionServices env = new ConnectionServices(
            new InMemoryChannelLayer(),
            limits,
            heartbeat,
            new ConsumerProperties(Duration.ofSeconds(10)),
            registry,
            new EventLoops(heartbeat),
            new ConnectionMetrics(new SimpleMeterRegistry(), registry));
    private final SessionRef session = session(OTHERS / 2);
    private final NettyConnection connection;

    public RegistryBenchmark() {
        EmbeddedChannel channel = new EmbeddedChannel();
        for (int i = 0; i < OTHERS; i++) {
            registry.add(connection(channel, i));
        }
        connection = connection(channel, OTHERS);
    }

    private static SessionRef session(int i) {
        return new SessionRef("spring", "spring:session:sessions:" + i, i, null);
    }

    private NettyConnection connection(EmbeddedChannel channel, int i) {
        User user = new User("user" + i, "user" + i, Set.of());
        Scope scope = new Scope(user, "127.0.0.1", "/chat/lobby/", Map.of("room", "lobby"), Map.of(), Map.of());
        return new NettyConnection(env, channel, scope, Dialects.PLAIN, session(i), new Nobody());
    }

    @Benchmark
    public int enterAndLeave() {
        registry.add(connection);
        registry.remove(connection);
        return registry.size();
    }

    @Benchmark
    public Collection<Outlet> ofSession() {
        return registry.ofSession(session);
    }

    private record Nobody() implements ConnectionListener {

        @Override
        public Mono<Void> connected(Connection connection) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> received(Connection connection, Frame frame) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> messaged(Connection connection, Message message) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> disconnected(Connection connection, CloseCode code) {
            return Mono.empty();
        }
    }
}
