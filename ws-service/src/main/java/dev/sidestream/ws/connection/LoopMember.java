package dev.sidestream.ws.connection;

/** What an event loop does to each connection that lives on it. Called on that loop only. */
public interface LoopMember {

    /** The turn ends: what was written since {@link LoopState#flushLater} goes out. */
    void flush();

    /** An interval of the heartbeat is over: ping it, or give it up. */
    void beat();

    /** The peer had its time to answer our close. */
    void cutOff();

    /** Remembers its place on the wheel. */
    void placeOnWheel(long place);

    /** The place that it was told last. */
    long placeOnWheel();
}
