package dev.sidestream.gateway.room;

import dev.sidestream.channel.RoomName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * A room as pages link to it.
 *
 * @param name in its one spelling
 */
public record RoomLink(String name) {

    /** The room of that name, in whatever spelling; null when the text is no name or cannot stand in a path. */
    public static @Nullable RoomLink parse(String text) {
        String name = RoomName.normalise(text);
        // A path segment of dots means a place in the tree, to browsers even when it is encoded.
        return name == null || name.equals(".") || name.equals("..") ? null : new RoomLink(name);
    }

    /** Path of the room's page. Every character beyond RFC 3986's unreserved ones is encoded. */
    public String page() {
        return "/rooms/" + segment();
    }

    /** Path of the room's socket. */
    public String socket() {
        return "/chat/" + segment() + "/";
    }

    private String segment() {
        return UriUtils.encode(name, StandardCharsets.UTF_8);
    }
}
