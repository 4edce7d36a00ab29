package dev.sidestream.ws.consumer;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.limits.KeyedBuckets;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.FrameReader;
import dev.sidestream.ws.rights.RoomPolicy;
import dev.sidestream.ws.room.RoomMetrics;
import dev.sidestream.ws.room.Rooms;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes, those of the application before those that ship. */
@Configuration(proxyBeanMethods = false)
public class ConsumerConfiguration {

    @Bean
    PublicationMetrics publicationMetrics(MeterRegistry meters) {
        return new PublicationMetrics(meters);
    }

    @Bean
    RoomServices roomServices(
            RedisChannelLayer layer,
            Rooms rooms,
            RoomPolicy policy,
            LimitsProperties limits,
            HeartbeatProperties heartbeat,
            PublicationMetrics publications,
            RoomMetrics metrics) {
        KeyedBuckets newRooms =
                new KeyedBuckets(limits.roomsPerMinute() / 60.0, limits.roomsPerMinute(), System::nanoTime);
        FrameReader reader = new FrameReader((int) limits.frame().toBytes());
        return new RoomServices(
                layer.node(), layer, rooms, policy, limits, heartbeat, newRooms, reader, publications, metrics);
    }

    @Bean
    Routes routes(ObjectProvider<ConsumerRoute> own, RoomServices rooms) {
        List<ConsumerRoute> routes = new ArrayList<>(own.orderedStream().toList());
        routes.addAll(ShippedRoutes.of(rooms));
        return new Routes(routes);
    }
}
