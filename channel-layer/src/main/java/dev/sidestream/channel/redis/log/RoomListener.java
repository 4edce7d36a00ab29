package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.RedisChannelLayer;

/** Hears what happens in one room, in the order of the log, on {@link RedisChannelLayer#executor()}. */
@FunctionalInterface
public interface RoomListener {

    /** One publication; it may be one that was heard before. Must not block and must not throw. */
    void publication(StoredPublication publication);

    /**
     * Redis lost publications of the room that had been accepted, and another epoch has begun. What follows the position that was
     * reached in the old one is proved by {@link RedisChannelLayer#replay}. Who does not listen to it sees it by the continuity of the
     * next publication. Must not block and must not throw.
     *
     * @param ended the epoch of before
     * @param begun the one that the next publication is in
     */
    default void broken(String ended, String begun) {}
}
