package dev.sidestream.channel;

/** One open channel of this node. */
public interface Mailbox extends AutoCloseable {

    /** The unique name that any program may send to. */
    String channel();

    /** Ends the channel and all its memberships at once; no message is received afterwards. */
    @Override
    void close();
}
