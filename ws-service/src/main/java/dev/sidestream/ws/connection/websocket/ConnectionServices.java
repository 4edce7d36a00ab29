package dev.sidestream.ws.connection.websocket;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.ws.connection.ConnectionMetrics;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.ConsumerProperties;
import dev.sidestream.ws.connection.EventLoops;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.limits.LimitsProperties;

/** What all connections of a node share. */
public record ConnectionServices(
        ChannelLayer layer,
        LimitsProperties limits,
        HeartbeatProperties heartbeat,
        ConsumerProperties consumer,
        ConnectionRegistry registry,
        EventLoops loops,
        ConnectionMetrics metrics) {}
