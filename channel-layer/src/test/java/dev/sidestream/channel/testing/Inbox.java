package dev.sidestream.channel.testing;

import dev.sidestream.channel.Message;
import dev.sidestream.channel.MessageReceiver;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a mailbox receives. */
public final class Inbox implements MessageReceiver {

    private final List<Message> messages = new ArrayList<>();

    @Override
    public synchronized void receive(Message message) {
        messages.add(message);
    }

    /** The bodies so far, in order. */
    public synchronized List<String> bodies() {
        return messages.stream().map(Message::body).toList();
    }

    /** Waits until this many have come, and returns all so far. */
    public List<String> await(int count) {
        Await.until(count + " messages, has " + bodies(), () -> bodies().size() >= count);
        return bodies();
    }
}
