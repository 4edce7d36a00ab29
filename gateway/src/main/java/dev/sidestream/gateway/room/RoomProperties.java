package dev.sidestream.gateway.room;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rooms that the pages offer. Others exist as soon as somebody enters them.
 *
 * @param rooms their names, in the order of the list; at least one
 */
@ConfigurationProperties("gateway")
public record RoomProperties(@DefaultValue("lobby") List<String> rooms) {

    public RoomProperties {
        rooms = List.copyOf(rooms);
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException("gateway.rooms is empty; name the room that visitors enter first");
        }
        for (String room : rooms) {
            if (RoomLink.parse(room) == null) {
                throw new IllegalArgumentException("gateway.rooms: '" + room
                        + "' is no room name; it has 1 to 100 letters and digits of any script, or _ - = @ , . ;");
            }
        }
    }

    /** The rooms as pages link to them. */
    List<RoomLink> links() {
        return rooms.stream().map(RoomLink::parse).toList();
    }
}
