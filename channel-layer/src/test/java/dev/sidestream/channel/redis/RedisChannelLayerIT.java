package dev.sidestream.channel.redis;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.ChannelLayerContract;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.RedisForTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract between two nodes on one Redis. */
@EachRedis
class RedisChannelLayerIT extends ChannelLayerContract {

    private static RedisLink link;
    private static RedisLink otherLink;

    @BeforeAll
    static void connect() {
        RedisForTests redis = RedisForTests.shared();
        redis.flush();
        link = RedisLink.to(RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.defaults());
        otherLink = RedisLink.to(RedisEndpoints.standalone(redis.host(), redis.port()), RedisLinkOptions.defaults());
        Await.until("connected", link::isUp);
        Await.until("connected", otherLink::isUp);
    }

    @AfterAll
    static void disconnect() {
        link.close();
        otherLink.close();
    }

    @AfterEach
    void flush() {
        RedisForTests.shared().flush();
    }

    @Override
    protected ChannelLayer create() {
        return new RedisChannelLayer(link, ChannelLayerSettings.of("one"));
    }

    @Override
    protected ChannelLayer createOther() {
        return new RedisChannelLayer(otherLink, ChannelLayerSettings.of("two"));
    }
}
