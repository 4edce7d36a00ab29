package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.MessageReceiver;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes of this node and the groups they are in. Memberships live here alone, so they vanish with the mailbox and with
 * the node. Mailboxes are opened and memberships changed from any thread; messages come on the thread of the log reader.
 */
public final class LocalChannels {

    private static final Logger LOG = LoggerFactory.getLogger(LocalChannels.class);

    private final String prefix;
    private final AtomicLong counter = new AtomicLong();
    private final Map<String, Box> boxes = new ConcurrentHashMap<>();

    /** A group that has members; an entry is replaced and removed under the map's lock of its key. */
    private final Map<String, Set<Box>> groups = new ConcurrentHashMap<>();

    public LocalChannels(String node) {
        byte[] instance = new byte[6];
        new SecureRandom().nextBytes(instance);
        // Two processes that were given one node name by mistake still have channels of different names.
        prefix = node + "." + HexFormat.of().formatHex(instance) + ".";
    }

    /** What all channel names of this process begin with, and of no other. */
    public String prefix() {
        return prefix;
    }

    public Mailbox open(MessageReceiver receiver) {
        Box box = new Box(prefix + Long.toString(counter.incrementAndGet(), Character.MAX_RADIX), receiver);
        boxes.put(box.channel, box);
        return box;
    }

    public boolean isLocal(String channel) {
        return channel.startsWith(prefix);
    }

    public void add(String group, String channel) {
        Box box = boxes.get(channel);
        if (box != null) {
            groups.compute(group, (name, members) -> {
                Set<Box> some = members == null ? ConcurrentHashMap.newKeySet() : members;
                some.add(box);
                return some;
            });
            box.groups.add(group);
            if (box.closed) {
                // It was closed between the look-up and here, and may have missed this group when it left them.
                discard(group, box);
            }
        }
    }

    public void discard(String group, String channel) {
        Box box = boxes.get(channel);
        if (box != null) {
            discard(group, box);
        }
    }

    private void discard(String group, Box box) {
        box.groups.remove(group);
        groups.computeIfPresent(group, (name, members) -> {
            members.remove(box);
            return members.isEmpty() ? null : members;
        });
    }

    boolean hasMembers(String group) {
        return groups.containsKey(group);
    }

    boolean exists(String channel) {
        return boxes.containsKey(channel);
    }

    void toChannel(String channel, Message message) {
        Box box = boxes.get(channel);
        if (box != null) {
            box.deliver(message);
        }
    }

    void toGroup(String group, Message message) {
        Set<Box> members = groups.get(group);
        if (members != null) {
            members.forEach(box -> box.deliver(message));
        }
    }

    public void closeAll() {
        boxes.values().forEach(Box::close);
    }

    private final class Box implements Mailbox {

        private final String channel;
        private final MessageReceiver receiver;
        private final Set<String> groups = ConcurrentHashMap.newKeySet();
        private volatile boolean closed;

        Box(String channel, MessageReceiver receiver) {
            this.channel = channel;
            this.receiver = receiver;
        }

        @Override
        public String channel() {
            return channel;
        }

        void deliver(Message message) {
            if (closed) {
                return;
            }
            try {
                receiver.receive(message);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("channel", channel).log("A message receiver failed");
            }
        }

        @Override
        public void close() {
            closed = true;
            boxes.remove(channel);
            groups.forEach(group -> discard(group, this));
        }
    }
}
