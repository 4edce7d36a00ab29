package dev.sidestream.ws.consumer;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.fanout.Dispatcher;
import dev.sidestream.ws.fanout.FanoutMetrics;
import dev.sidestream.ws.limits.KeyedBuckets;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.FrameReader;
import dev.sidestream.ws.room.RoomPolicy;

/** What all room consumers of a node share. */
public record RoomEnv(
        RedisChannelLayer layer,
        Dispatcher dispatcher,
        RoomPolicy policy,
        LimitsProperties limits,
        HeartbeatProperties heartbeat,
        KeyedBuckets newRooms,
        FrameReader reader,
        PublicationMetrics publications,
        FanoutMetrics fanout) {}
