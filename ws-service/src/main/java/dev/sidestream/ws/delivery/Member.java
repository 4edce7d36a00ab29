package dev.sidestream.ws.delivery;

import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.protocol.Dialect;

/** One client in one room. Its position among the room's frames is confined to the client's event loop. */
public final class Member {

    private final Outlet outlet;

    /** Index of the first frame of its shard that it is owed. */
    private long owedFrom;

    /** Its place in its shard; -1 while it has none. */
    private int slot = -1;

    private boolean left;

    /** Whether the room counts it among its members. Confined to the layer's executor. */
    private boolean counted;

    public Member(Outlet outlet) {
        this.outlet = outlet;
    }

    public Outlet outlet() {
        return outlet;
    }

    public boolean isCounted() {
        return counted;
    }

    public void setCounted(boolean counted) {
        this.counted = counted;
    }

    Dialect dialect() {
        return outlet.dialect();
    }

    /** Whether this is a connection of the author with that id. */
    boolean isAuthor(String author) {
        return outlet.scope().user().id().equals(author);
    }

    long owedFrom() {
        return owedFrom;
    }

    void oweFrom(long frame) {
        owedFrom = frame;
    }

    int slot() {
        return slot;
    }

    void placeAt(int newSlot) {
        slot = newSlot;
    }

    boolean hasLeft() {
        return left;
    }

    void leave() {
        left = true;
    }
}
