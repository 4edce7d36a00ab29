package dev.sidestream.channel.redis;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import dev.sidestream.channel.Characters;
import dev.sidestream.channel.RoomName;
import org.jspecify.annotations.Nullable;

/** Refuses arguments that no key and no read can be made of, before Redis is asked. */
final class Names {

    private static final int MAX_CHANNEL = 200;

    private Names() {}

    static String room(String text) {
        String name = RoomName.normalise(text);
        if (name == null) {
            throw invalid("No room or group can have this name; see RoomName (its length: " + text.length() + ")");
        }
        return name;
    }

    static String channel(String text) {
        int characters = Characters.count(text);
        if (characters < 1 || characters > MAX_CHANNEL) {
            throw invalid("A channel name has 1 to " + MAX_CHANNEL
                    + " characters and no surrogate that stands alone (its length: " + text.length() + ")");
        }
        return text;
    }

    static int limit(int limit) {
        if (limit < 1 || limit > ReadBounds.MAX_LIMIT) {
            throw invalid("A limit is 1 to " + ReadBounds.MAX_LIMIT + ", not " + limit);
        }
        return limit;
    }

    private static ChannelLayerException invalid(String message) {
        @Nullable Throwable none = null;
        return new ChannelLayerException(Kind.INVALID, message, none);
    }
}
