package dev.sidestream.channel.redis.log;

import org.jspecify.annotations.Nullable;

/** Whom a {@link LogLane} tells how it is. Called on the executor of the layer. */
interface LaneListener {

    /** The lane has come up or gone down. */
    void changed();

    /** An attempt to connect failed; the lane goes on trying. */
    void failed(@Nullable Throwable error);
}
