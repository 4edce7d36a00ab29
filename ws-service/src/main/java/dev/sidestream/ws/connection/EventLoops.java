package dev.sidestream.ws.connection;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;

/** The state that Sidestream keeps for each event loop. Safe for use by many threads; each {@link LoopState} is not. */
public final class EventLoops {

    private final ConcurrentHashMap<EventLoop, LoopState> states = new ConcurrentHashMap<>();
    private final HeartbeatProperties heartbeat;

    public EventLoops(HeartbeatProperties heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** The state of a loop, made at the first call. */
    public LoopState of(EventLoop loop) {
        LoopState state = states.get(loop);
        return state != null
                ? state
                : states.computeIfAbsent(loop, made -> new LoopState(new NettyLoop(made), heartbeat));
    }
}
