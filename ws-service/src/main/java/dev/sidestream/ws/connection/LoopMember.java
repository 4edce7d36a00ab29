package dev.sidestream.ws.connection;

/** What an event loop does to each connection that lives on it. Called on that loop only. */
public interface LoopMember {

    /** The turn ends: what was written since {@link LoopState#flushLater} goes out. */
    void flush();

    /** An interval of the heartbeat is over: ping it. */
    void beat();

    /** It had its time to answer the last ping, which comes before the next {@link #beat}: give it up if it owes too many answers. */
    void beatOver();

    /** The peer had its time to answer our close. */
    void cutOff();

    /** Remembers its place on the wheel. */
    void placeOnWheel(long place);

    /** The place that it was told last. */
    long placeOnWheel();
}
