package dev.sidestream.bench.lab;

import dev.sidestream.channel.Publication;
import dev.sidestream.channel.redis.ChannelLayerSettings;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import reactor.core.publisher.Flux;

/** Rooms that have a history and nobody in them. */
final class Rooms {

    private Rooms() {}

    /** Publishes once to each of so many rooms, those of the generator's names included. */
    static void fill(int redisPort, int rooms) {
        RedisEndpoints endpoints = RedisEndpoints.standalone("127.0.0.1", redisPort);
        try (RedisLink link = RedisLink.to(endpoints, RedisLinkOptions.defaults());
                RedisChannelLayer layer = new RedisChannelLayer(link, ChannelLayerSettings.of("filler"))) {
            link.connected().toCompletableFuture().join();
            Flux.range(0, rooms)
                    .flatMap(room -> layer.publish("r" + room, Publication.of("filler", "\"first\"")), 256)
                    .blockLast();
        }
    }
}
