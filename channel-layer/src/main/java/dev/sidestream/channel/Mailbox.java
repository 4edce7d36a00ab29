package dev.sidestream.channel;

/** One open channel of this node. */
public interface Mailbox extends AutoCloseable {

    /** The unique name that any program may send to. */
    String channel();

    /** Ends the channel and all its memberships at once. Nothing is received afterwards but what is being received right now. */
    @Override
    void close();
}
