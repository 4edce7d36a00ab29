package dev.sidestream.gateway.announcement;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.gateway.room.RoomLink;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * Something that a visitor says to a room through the site.
 *
 * @param room where
 * @param json what: one JSON value in UTF-8, as the visitor wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Announcement(RoomLink room, byte[] json) {

    /** In bytes of UTF-8; what a room takes at most. */
    static final int MAX_BYTES = Publication.MAX_JSON;

    /**
     * From a body like {@code {"message": <any JSON>}}.
     *
     * @throws RefusedAnnouncement when the room or the message is none
     */
    static Announcement ofJson(String roomName, byte[] body) {
        RoomLink room = room(roomName);
        return new Announcement(room, fitting(MessageField.cutOut(body)));
    }

    /**
     * From a text of a form.
     *
     * @throws RefusedAnnouncement when the room or the message is none
     */
    static Announcement ofText(String roomName, String text) {
        RoomLink room = room(roomName);
        byte[] json = StringNode.valueOf(text).toString().getBytes(StandardCharsets.UTF_8);
        return new Announcement(room, fitting(text.isBlank() ? null : json));
    }

    private static RoomLink room(String name) {
        RoomLink room = RoomLink.parse(name);
        if (room == null) {
            throw new RefusedAnnouncement(
                    "room", "must be a room name: 1 to 100 letters and digits of any script, or _ - = @ , . ;");
        }
        return room;
    }

    private static byte[] fitting(byte @Nullable [] json) {
        if (json == null) {
            throw new RefusedAnnouncement("message", "must not be empty");
        }
        if (json.length > MAX_BYTES) {
            throw new RefusedAnnouncement(
                    "message", "must not be longer than " + MAX_BYTES + " bytes, it has " + json.length);
        }
        return json;
    }

    /** Puts it into the room, where every member sees it under the poster's name. */
    Receipt publish(ChannelLayer layer, String poster) {
        return BlockingChannelLayer.on(layer).publish(room.name(), new Publication(poster, json, null));
    }
}
