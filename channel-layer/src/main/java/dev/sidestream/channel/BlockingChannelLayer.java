package dev.sidestream.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The operations of a {@link ChannelLayer} for code that waits, such as a servlet. Each call waits ten seconds at most. */
public final class BlockingChannelLayer {

    /** Longer than any time-out of the layer below, which therefore decides; this one only ends what should not happen. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChannelLayer layer;

    private BlockingChannelLayer(ChannelLayer layer) {
        this.layer = layer;
    }

    /** The same layer for code that waits; its operations must not be called on an event loop. */
    public static BlockingChannelLayer on(ChannelLayer layer) {
        return new BlockingChannelLayer(layer);
    }

    /** {@link ChannelLayer#send(String, Message)}, waiting for it. */
    public void send(String channel, Message message) {
        layer.send(channel, message).block(PATIENCE);
    }

    /** {@link ChannelLayer#groupAdd(String, String)}, waiting for it. */
    public void groupAdd(String group, String channel) {
        layer.groupAdd(group, channel).block(PATIENCE);
    }

    /** {@link ChannelLayer#groupDiscard(String, String)}, waiting for it. */
    public void groupDiscard(String group, String channel) {
        layer.groupDiscard(group, channel).block(PATIENCE);
    }

    /** {@link ChannelLayer#groupSend(String, Message)}, waiting for it. */
    public void groupSend(String group, Message message) {
        layer.groupSend(group, message).block(PATIENCE);
    }

    /** {@link ChannelLayer#publish(String, Publication)}, waiting for it. */
    public Receipt publish(String room, Publication publication) {
        return answer(layer.publish(room, publication));
    }

    /** {@link ChannelLayer#history(String, Position, Position, int)}, waiting for it. */
    public HistoryPage history(String room, @Nullable Position from, @Nullable Position to, int limit) {
        return answer(layer.history(room, from, to, limit));
    }

    private static <T> T answer(Mono<T> mono) {
        T value = mono.block(PATIENCE);
        if (value == null) {
            throw new ChannelLayerException("The channel layer ended without an answer", null);
        }
        return value;
    }
}
