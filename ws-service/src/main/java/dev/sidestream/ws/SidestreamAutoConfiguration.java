package dev.sidestream.ws;

import dev.sidestream.sessions.config.SessionConfiguration;
import dev.sidestream.ws.admission.AdmissionConfiguration;
import dev.sidestream.ws.api.ApiConfiguration;
import dev.sidestream.ws.connection.ConnectionConfiguration;
import dev.sidestream.ws.connection.websocket.WebSocketConfiguration;
import dev.sidestream.ws.consumer.ConsumerConfiguration;
import dev.sidestream.ws.delivery.DeliveryConfiguration;
import dev.sidestream.ws.drain.DrainConfiguration;
import dev.sidestream.ws.endpoint.EndpointConfiguration;
import dev.sidestream.ws.limits.LimitsConfiguration;
import dev.sidestream.ws.logout.LogoutConfiguration;
import dev.sidestream.ws.management.ManagementConfiguration;
import dev.sidestream.ws.rights.RightsConfiguration;
import dev.sidestream.ws.rights.RoomPolicy;
import dev.sidestream.ws.room.RoomConfiguration;
import dev.sidestream.ws.transport.TransportConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Puts the service together, package by package, lowest first. An application may bring its own routes, {@link RoomPolicy} and
 * session beans.
 */
@AutoConfiguration(
        before = NettyReactiveWebServerAutoConfiguration.class,
        afterName = {
            "dev.sidestream.channel.autoconfigure.ChannelLayerAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@Import({
    SessionConfiguration.class,
    TransportConfiguration.class,
    LimitsConfiguration.class,
    RightsConfiguration.class,
    ConnectionConfiguration.class,
    WebSocketConfiguration.class,
    DeliveryConfiguration.class,
    RoomConfiguration.class,
    ConsumerConfiguration.class,
    AdmissionConfiguration.class,
    EndpointConfiguration.class,
    ApiConfiguration.class,
    ManagementConfiguration.class,
    LogoutConfiguration.class,
    DrainConfiguration.class
})
public class SidestreamAutoConfiguration {}
