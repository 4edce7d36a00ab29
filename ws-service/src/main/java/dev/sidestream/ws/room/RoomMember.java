package dev.sidestream.ws.room;

import dev.sidestream.ws.connection.NettyConnection;
import dev.sidestream.ws.protocol.Mode;

/** One connection in a room. Its position among the room's frames is confined to the connection's event loop. */
public final class RoomMember {

    private final NettyConnection connection;

    /** Index of the first frame of its shard that it is owed. */
    private long owedFrom;

    private boolean left;

    /** Whether the dispatcher counts it among the room's members. Confined to the layer's executor. */
    private boolean counted;

    public RoomMember(NettyConnection connection) {
        this.connection = connection;
    }

    public NettyConnection connection() {
        return connection;
    }

    public boolean isCounted() {
        return counted;
    }

    public void setCounted(boolean counted) {
        this.counted = counted;
    }

    Mode mode() {
        return connection.mode();
    }

    /** Whether this is a connection of the author with that id. */
    boolean isAuthor(String author) {
        return connection.scope().user().id().equals(author);
    }

    long owedFrom() {
        return owedFrom;
    }

    void oweFrom(long frame) {
        owedFrom = frame;
    }

    boolean hasLeft() {
        return left;
    }

    void leave() {
        left = true;
    }
}
