package dev.sidestream.channel;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sends to channels, groups and rooms, from the socket side and from the HTTP side of a site.
 *
 * <p>A <em>channel</em> is the mailbox of one connection, addressable from every node and every program on the same Redis. A
 * <em>group</em> is a named set of channels without enumeration and without history. A <em>room</em> is a group with history:
 * each accepted publication has one {@link Position}, and all members see one order.
 *
 * <p>Delivery to channels and groups is at most once and in the order of the sender; delivery of publications is at least
 * once and in the order of the room. Every {@code Mono} is cold: nothing is sent before the subscription. It ends with
 * {@link ChannelLayerException} when Redis refused or did not answer in time; after a time-out the outcome is unknown.
 * Implementations are safe for use by many threads.
 */
public interface ChannelLayer extends AutoCloseable {

    /**
     * Opens a mailbox with a new unique channel name on this node.
     *
     * @param receiver is called for each message, one at a time and in order, on a thread of the layer; it must not block
     */
    Mailbox open(MessageReceiver receiver);

    /** Sends to one channel. A channel that no longer exists swallows the message; completes when Redis has it. */
    Mono<Void> send(String channel, Message message);

    /**
     * Makes a channel a member of a group, wherever the channel lives. Completes when every later {@link #groupSend} reaches
     * it. A membership ends with {@link #groupDiscard}, with its mailbox, or with its node.
     */
    Mono<Void> groupAdd(String group, String channel);

    /** Ends a membership; no effect when there is none. */
    Mono<Void> groupDiscard(String group, String channel);

    /** Sends to every channel that is a member of the group. Completes when Redis has it. */
    Mono<Void> groupSend(String group, Message message);

    /**
     * Appends a publication to a room. The same {@code cid} of the same user in the same room within the deduplication window
     * (ten minutes unless set) appends nothing and returns the first position.
     *
     * @return where the publication stands; never empty
     */
    Mono<Receipt> publish(String room, Publication publication);

    /**
     * A page of the retained history of a room, oldest first, both ends exclusive.
     *
     * @param from only publications after this one; null for the oldest retained
     * @param to only publications before this one; null for the newest
     * @param limit 1 to 1,000 entries: the oldest ones when only {@code from} is given, else the newest ones
     * @return the page; empty list for a room that does not exist; never an empty Mono
     */
    Mono<HistoryPage> history(String room, @Nullable Position from, @Nullable Position to, int limit);

    /** Closes every mailbox of this node. */
    @Override
    void close();
}
