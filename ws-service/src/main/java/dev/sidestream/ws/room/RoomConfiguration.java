package dev.sidestream.ws.room;

import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.ws.connection.NettyLoop;
import dev.sidestream.ws.delivery.FanoutProperties;
import dev.sidestream.ws.limits.LimitsProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rooms of this node, and the log that feeds them. */
@Configuration(proxyBeanMethods = false)
public class RoomConfiguration {

    @Bean
    RoomMetrics roomMetrics(MeterRegistry meters) {
        return new RoomMetrics(meters);
    }

    /** Not called rooms: an application may well have a bean of that name. */
    @Bean
    Rooms sidestreamRooms(
            RedisChannelLayer layer, RoomMetrics metrics, FanoutProperties settings, LimitsProperties limits) {
        long maxBytes = limits.queue().toBytes() / 2;
        RoomReads reads = new RedisRoomReads(layer, metrics, limits.replay(), maxBytes);
        Rooms rooms =
                new Rooms(layer.node(), layer::partition, new NettyLoop(layer.executor()), reads, metrics, settings);
        layer.listen(rooms);
        return rooms;
    }
}
