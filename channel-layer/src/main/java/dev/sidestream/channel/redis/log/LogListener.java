package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.redis.RedisChannelLayer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Hears what the log reader finds. Every call is made on {@link RedisChannelLayer#executor()}, must not block and must not throw. */
public interface LogListener {

    /** Who wants the publications of a room on this node; null for nobody, and the entry is not parsed any further. */
    @Nullable
    RoomListener room(String room);

    /**
     * Entries may have been lost: the continuity of every room in these partitions must be proved anew, by
     * {@link RedisChannelLayer#replay} from its last position.
     *
     * @param partitions those concerned
     * @param cause what gave rise to it; {@link ResyncCause#CONNECTED} once for each partition, before anything of it is read
     */
    void resync(IntPredicate partitions, ResyncCause cause);

    /**
     * More logs are being read than before. Whatever was missed meanwhile follows, unless {@link #resync} says otherwise.
     *
     * @param partitions those whose log is being read now
     */
    void up(IntPredicate partitions);

    /**
     * Fewer logs can be read than before; attempts go on.
     *
     * @param partitions those whose log is being read now
     */
    void down(IntPredicate partitions);
}
