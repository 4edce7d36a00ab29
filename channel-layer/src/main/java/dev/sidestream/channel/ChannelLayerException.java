package dev.sidestream.channel;

import org.jspecify.annotations.Nullable;

/** An operation of the channel layer that failed. After a time-out its outcome is unknown; a publication may be sent again with its cid. */
public class ChannelLayerException extends RuntimeException {

    public ChannelLayerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
