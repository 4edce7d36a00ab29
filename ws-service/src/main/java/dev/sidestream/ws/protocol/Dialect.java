package dev.sidestream.ws.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What one connection speaks: how the bytes of its client become frames, and which bytes it is told a frame with. Stateless; safe
 * for use by many threads. All that there are stand in {@link Dialects}.
 */
public interface Dialect {

    /** Its place in {@link Dialects#ALL}, for arrays with an element for each. */
    int index();

    /** Its name in metrics. */
    String tag();

    /** The sub-protocol that a client offers to speak it; null for the one that needs none. */
    @Nullable
    String subProtocol();

    /**
     * Whether its clients are told more than messages and answers: acks with their cids, what troubles the node, and after an
     * upgrade why they were refused.
     */
    boolean tellsAll();

    /** Reads one frame of a client. Never throws: what cannot be read is {@link ClientFrame.Unreadable}. */
    ClientFrame read(FrameReader reader, byte[] text);

    /** The frame's bytes; null when who speaks this is not told of it. */
    @Nullable
    EncodedFrame write(ServerFrame frame);
}
