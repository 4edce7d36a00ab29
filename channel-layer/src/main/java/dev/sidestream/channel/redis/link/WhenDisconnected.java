package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;

/** Runs something when a connection ends, whoever ended it. */
final class WhenDisconnected implements RedisConnectionStateListener {

    private final Runnable action;

    WhenDisconnected(Runnable action) {
        this.action = action;
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        action.run();
    }
}
