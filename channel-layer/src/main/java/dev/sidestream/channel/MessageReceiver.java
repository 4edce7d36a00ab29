package dev.sidestream.channel;

/** Called by the layer for each message to a channel, one at a time, on a thread that must not be blocked. */
@FunctionalInterface
public interface MessageReceiver {

    void receive(Message message);
}
