package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.RedisChannelLayer;

/** Hears the publications of one room, in the order of the log, on {@link RedisChannelLayer#executor()}. */
@FunctionalInterface
public interface RoomListener {

    /** One publication; it may be one that was heard before. Must not block and must not throw. */
    void publication(StoredPublication publication);
}
