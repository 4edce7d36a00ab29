package dev.sidestream.ws.endpoint;

import dev.sidestream.ws.admission.Admissions;
import dev.sidestream.ws.admission.HandshakeMetrics;
import dev.sidestream.ws.connection.websocket.ConnectionServices;
import dev.sidestream.ws.consumer.Routes;
import dev.sidestream.ws.limits.LimitsProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where requests become sockets. */
@Configuration(proxyBeanMethods = false)
public class EndpointConfiguration {

    @Bean
    UnreadableTargets unreadableTargets(HandshakeMetrics metrics) {
        return new UnreadableTargets(metrics);
    }

    @Bean
    NettyServerCustomizer watchedServer() {
        return SocketUpgrade::watched;
    }

    @Bean
    NettyServerCustomizer punctualServer(LimitsProperties limits, HandshakeMetrics metrics) {
        return server -> HandshakeDeadline.watch(server, limits.handshakeTimeout(), metrics);
    }

    @Bean
    SocketMapping socketMapping(
            Admissions admissions, ConnectionServices services, Routes routes, LimitsProperties limits) {
        SocketUpgrade upgrade = new SocketUpgrade((int) limits.frame().toBytes());
        return new SocketMapping(new SocketEndpoint(admissions, upgrade, services), routes);
    }
}
