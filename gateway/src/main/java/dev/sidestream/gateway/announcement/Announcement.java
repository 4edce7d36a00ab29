package dev.sidestream.gateway.announcement;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.gateway.room.RoomLink;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * Something that a visitor says to a room through the site.
 *
 * @param room where
 * @param json what: one JSON value in UTF-8
 */
record Announcement(RoomLink room, byte[] json) {

    /** In bytes of UTF-8; what a room takes at most. */
    static final int MAX_BYTES = 64 * 1024;

    /** As deep as a room's messages may be nested. */
    static final int MAX_DEPTH = 32;

    /** @throws RefusedAnnouncement when the room or the message is none */
    static Announcement of(String roomName, JsonNode message) {
        RoomLink room = RoomLink.parse(roomName);
        if (room == null) {
            throw new RefusedAnnouncement(
                    "room", "must be a room name: 1 to 100 letters and digits of any script, or _ - = @ , . ;");
        }
        boolean blank = message.isString() && message.stringValue().isBlank();
        if (message.isMissingNode() || message.isNull() || blank) {
            throw new RefusedAnnouncement("message", "must not be empty");
        }
        if (depth(message, MAX_DEPTH) > MAX_DEPTH) {
            throw new RefusedAnnouncement("message", "must not be nested deeper than " + MAX_DEPTH + " levels");
        }
        byte[] json = message.toString().getBytes(StandardCharsets.UTF_8);
        if (json.length > MAX_BYTES) {
            throw new RefusedAnnouncement(
                    "message", "must not be longer than " + MAX_BYTES + " bytes, it has " + json.length);
        }
        return new Announcement(room, json);
    }

    /** Puts it into the room, where every member sees it under the poster's name. */
    Receipt publish(ChannelLayer layer, String poster) {
        return layer.blocking().publish(room.name(), new Publication(poster, json, null));
    }

    /** Levels of nesting; does not look deeper than one below the bound. */
    private static int depth(JsonNode node, int bound) {
        if (!node.isContainer()) {
            return 0;
        }
        if (bound == 0) {
            return 1;
        }
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child, bound - 1));
        }
        return deepest + 1;
    }
}
