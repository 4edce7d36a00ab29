package dev.sidestream.ws.consumer;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.limits.KeyedBuckets;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.FrameReader;
import dev.sidestream.ws.rights.RoomPolicy;
import dev.sidestream.ws.room.RoomMetrics;
import dev.sidestream.ws.room.Rooms;

/** What all clients in rooms of a node share. */
public record RoomServices(
        String node,
        ChannelLayer layer,
        Rooms rooms,
        RoomPolicy policy,
        LimitsProperties limits,
        HeartbeatProperties heartbeat,
        KeyedBuckets newRooms,
        FrameReader reader,
        PublicationMetrics publications,
        RoomMetrics metrics) {}
