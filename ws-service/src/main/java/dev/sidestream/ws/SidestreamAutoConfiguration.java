package dev.sidestream.ws;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.ws.api.LogHealthIndicator;
import dev.sidestream.ws.api.LogMeters;
import dev.sidestream.ws.api.TicketEndpoint;
import dev.sidestream.ws.connection.ConnectionEnv;
import dev.sidestream.ws.connection.ConnectionMetrics;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.EventLoops;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.consumer.ConsumerRoute;
import dev.sidestream.ws.consumer.PublicationMetrics;
import dev.sidestream.ws.consumer.RoomEnv;
import dev.sidestream.ws.consumer.Routes;
import dev.sidestream.ws.consumer.ShippedRoutes;
import dev.sidestream.ws.drain.Drain;
import dev.sidestream.ws.drain.DrainProperties;
import dev.sidestream.ws.endpoint.SocketEndpoint;
import dev.sidestream.ws.endpoint.SocketMapping;
import dev.sidestream.ws.endpoint.SocketUpgrade;
import dev.sidestream.ws.endpoint.UnreadableTargets;
import dev.sidestream.ws.fanout.Dispatcher;
import dev.sidestream.ws.fanout.FanoutMetrics;
import dev.sidestream.ws.handshake.Admissions;
import dev.sidestream.ws.handshake.CheckFailures;
import dev.sidestream.ws.handshake.ClientAddresses;
import dev.sidestream.ws.handshake.HandshakeMetrics;
import dev.sidestream.ws.handshake.OriginPolicy;
import dev.sidestream.ws.handshake.OriginProperties;
import dev.sidestream.ws.handshake.ProxyProperties;
import dev.sidestream.ws.limits.KeyedBuckets;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.logout.RevocationLifecycle;
import dev.sidestream.ws.logout.Revocations;
import dev.sidestream.ws.logout.SessionCloser;
import dev.sidestream.ws.protocol.FrameReader;
import dev.sidestream.ws.room.FanoutProperties;
import dev.sidestream.ws.room.RoomAccess;
import dev.sidestream.ws.room.RoomPolicy;
import dev.sidestream.ws.session.SessionAuthenticator;
import dev.sidestream.ws.session.config.SessionConfiguration;
import dev.sidestream.ws.session.store.SessionRedis;
import dev.sidestream.ws.session.store.SessionResolvers;
import dev.sidestream.ws.session.ticket.Tickets;
import dev.sidestream.ws.session.watch.SessionLifeProperties;
import dev.sidestream.ws.session.watch.SessionTracker;
import dev.sidestream.ws.transport.TransportLoopResources;
import dev.sidestream.ws.transport.TransportProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Puts the service together. An application may bring its own routes, {@link RoomPolicy} and session beans. */
@AutoConfiguration(
        before = NettyReactiveWebServerAutoConfiguration.class,
        afterName = {
            "dev.sidestream.channel.autoconfigure.ChannelLayerAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@Import(SessionConfiguration.class)
@EnableConfigurationProperties({
    DrainProperties.class,
    FanoutProperties.class,
    HeartbeatProperties.class,
    LimitsProperties.class,
    OriginProperties.class,
    ProxyProperties.class,
    SessionLifeProperties.class,
    TransportProperties.class
})
public class SidestreamAutoConfiguration {

    // ---- connections

    /**
     * One event loop per processor. Reactor Netty starts four at least; a room whose members are spread over more loops than
     * can run at once costs a task and a wake-up per loop and message.
     */
    @Bean
    @ConditionalOnMissingBean
    ReactorResourceFactory reactorResourceFactory(TransportProperties transport) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(() -> new TransportLoopResources(
                transport.kind(), Runtime.getRuntime().availableProcessors()));
        return resources;
    }

    @Bean
    ConnectionRegistry connectionRegistry(LimitsProperties limits, SessionTracker watch, MeterRegistry meters) {
        ConnectionRegistry registry = new ConnectionRegistry(limits.connectionsPerUser(), watch);
        watch.listen(new SessionCloser(registry));
        Gauge.builder("sidestream.queue.bytes", registry, ConnectionRegistry::queuedBytes)
                .description("Bytes that wait for slow connections")
                .baseUnit("bytes")
                .register(meters);
        return registry;
    }

    @Bean
    ConnectionEnv connectionEnv(
            RedisChannelLayer layer,
            LimitsProperties limits,
            HeartbeatProperties heartbeat,
            ConnectionRegistry registry,
            MeterRegistry meters) {
        return new ConnectionEnv(
                layer, limits, heartbeat, registry, new EventLoops(heartbeat), new ConnectionMetrics(meters));
    }

    @Bean
    Drain drain(ConnectionRegistry registry, DrainProperties settings, MeterRegistry meters) {
        return new Drain(registry, settings, new Random(), meters);
    }

    // ---- the end of sessions

    @Bean
    SessionTracker sessionTracker(
            SessionLifeProperties settings,
            SessionResolvers resolvers,
            SessionAuthenticator authenticator,
            SessionRedis redis,
            MeterRegistry meters) {
        return new SessionTracker(settings, resolvers, authenticator, redis, meters);
    }

    @Bean
    Revocations revocations(ConnectionRegistry registry, RedisChannelLayer layer, MeterRegistry meters) {
        return new Revocations(registry, layer, meters);
    }

    @Bean
    RevocationLifecycle revocationLifecycle(Revocations revocations) {
        return new RevocationLifecycle(revocations);
    }

    // ---- rooms

    @Bean
    @ConditionalOnMissingBean
    RoomPolicy roomPolicy() {
        return (user, room) -> RoomAccess.WRITE;
    }

    @Bean
    FanoutMetrics fanoutMetrics(MeterRegistry meters) {
        return new FanoutMetrics(meters);
    }

    @Bean
    Dispatcher dispatcher(
            RedisChannelLayer layer, FanoutMetrics metrics, FanoutProperties settings, LimitsProperties limits) {
        return new Dispatcher(layer, metrics, settings, limits);
    }

    @Bean
    LogLifecycle logLifecycle(RedisChannelLayer layer, Dispatcher dispatcher) {
        return new LogLifecycle(layer, dispatcher);
    }

    @Bean
    LogHealthIndicator logHealthIndicator(Dispatcher dispatcher, RedisChannelLayer layer) {
        return new LogHealthIndicator(dispatcher, layer);
    }

    @Bean
    LogMeters logMeters(RedisChannelLayer layer) {
        return new LogMeters(layer);
    }

    @Bean
    RoomEnv roomEnv(
            RedisChannelLayer layer,
            Dispatcher dispatcher,
            RoomPolicy policy,
            LimitsProperties limits,
            HeartbeatProperties heartbeat,
            FanoutMetrics fanout,
            MeterRegistry meters) {
        KeyedBuckets newRooms =
                new KeyedBuckets(limits.roomsPerMinute() / 60.0, limits.roomsPerMinute(), System::nanoTime);
        FrameReader reader = new FrameReader((int) limits.frame().toBytes());
        return new RoomEnv(
                layer, dispatcher, policy, limits, heartbeat, newRooms, reader, new PublicationMetrics(meters), fanout);
    }

    // ---- admission

    @Bean
    Routes routes(ObjectProvider<ConsumerRoute> own, RoomEnv rooms) {
        List<ConsumerRoute> routes = new ArrayList<>(own.orderedStream().toList());
        routes.addAll(ShippedRoutes.of(rooms));
        return new Routes(routes);
    }

    @Bean
    OriginPolicy originPolicy(OriginProperties settings) {
        return new OriginPolicy(settings);
    }

    @Bean
    CheckFailures checkFailures() {
        return new CheckFailures();
    }

    @Bean
    RouterFunction<ServerResponse> ticketRoute(
            Tickets tickets,
            SessionAuthenticator sessions,
            OriginPolicy origins,
            RoomPolicy policy,
            Drain drain,
            LimitsProperties limits,
            CheckFailures failures) {
        KeyedBuckets rate = new KeyedBuckets(limits.rate(), limits.burst(), System::nanoTime);
        TicketEndpoint endpoint =
                new TicketEndpoint(tickets, sessions, origins, policy, drain, rate, failures, JsonMapper.shared());
        return RouterFunctions.route(RequestPredicates.POST("/chat/ticket"), endpoint);
    }

    @Bean
    HandshakeMetrics handshakeMetrics(MeterRegistry meters) {
        return new HandshakeMetrics(meters);
    }

    @Bean
    UnreadableTargets unreadableTargets(HandshakeMetrics metrics) {
        return new UnreadableTargets(metrics);
    }

    @Bean
    NettyServerCustomizer watchedServer() {
        return SocketUpgrade::watched;
    }

    @Bean
    Admissions admissions(
            Drain drain,
            OriginPolicy origins,
            ProxyProperties proxies,
            Routes routes,
            SessionAuthenticator sessions,
            ConnectionRegistry registry,
            LimitsProperties limits,
            HandshakeMetrics metrics,
            CheckFailures failures) {
        return new Admissions(
                drain, origins, routes, new ClientAddresses(proxies), sessions, registry, limits, metrics, failures);
    }

    @Bean
    SocketMapping socketMapping(Admissions admissions, ConnectionEnv env, Routes routes, LimitsProperties limits) {
        SocketUpgrade upgrade = new SocketUpgrade((int) limits.frame().toBytes());
        return new SocketMapping(new SocketEndpoint(admissions, upgrade, env), routes);
    }
}
