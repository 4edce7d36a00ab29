package dev.sidestream.ws.connection;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.ws.limits.LimitsProperties;

/** What all connections of a node share. */
public record ConnectionEnv(
        ChannelLayer layer,
        LimitsProperties limits,
        HeartbeatProperties heartbeat,
        ConnectionRegistry registry,
        EventLoops loops,
        ConnectionMetrics metrics) {}
