package dev.sidestream.channel;

import org.jspecify.annotations.Nullable;

/** An operation of the channel layer that failed. After a time-out its outcome is unknown; a publication may be sent again with its cid. */
public class ChannelLayerException extends RuntimeException {

    /** What the caller can do about it. */
    public enum Kind {
        /** Redis is away, loading, failing over or too slow: try again in a moment. */
        UNAVAILABLE,
        /** Redis has no room for more and accepted nothing: try again much later, an operator must act. */
        STORAGE_FULL,
        /** Redis or the layer will never accept this: an argument, a right or a foreign key is wrong. */
        INVALID
    }

    private final Kind kind;

    public ChannelLayerException(String message, @Nullable Throwable cause) {
        this(Kind.UNAVAILABLE, message, cause);
    }

    public ChannelLayerException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What the caller can do about it. */
    public Kind kind() {
        return kind;
    }
}
