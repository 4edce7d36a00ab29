package dev.sidestream.ws.room;

import dev.sidestream.channel.StoredPublication;
import dev.sidestream.ws.protocol.FrameWriter;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * A frame for all members of a room on this node, encoded once for each mode that has members. Immutable; shared by all event
 * loops.
 *
 * @param plain bytes for plain mode; null when it is told nothing
 * @param full bytes for full mode; null when it has no members
 * @param own bytes for the author's own connections in full mode; null when they are no different
 * @param author the author's id; null when {@code own} is
 */
public record Outgoing(
        byte @Nullable [] plain,
        byte @Nullable [] full,
        byte @Nullable [] own,
        @Nullable String author) {

    /** A publication, for the modes that have members now. */
    public static Outgoing publication(StoredPublication stored, boolean plain, boolean full) {
        ServerFrame forAll = new ServerFrame.Published(stored, false);
        boolean personal = full
                && stored.publication().cid() != null
                && stored.publication().author() != null;
        return new Outgoing(
                plain ? FrameWriter.write(forAll, Mode.PLAIN) : null,
                full ? FrameWriter.write(forAll, Mode.FULL) : null,
                personal ? FrameWriter.write(new ServerFrame.Published(stored, true), Mode.FULL) : null,
                personal ? stored.publication().author() : null);
    }

    /** A frame that is the same for all, such as a gap. */
    public static Outgoing same(ServerFrame frame) {
        return new Outgoing(FrameWriter.write(frame, Mode.PLAIN), FrameWriter.write(frame, Mode.FULL), null, null);
    }

    /** A frame that only full mode is told of, although plain mode knows its type. */
    public static Outgoing full(ServerFrame frame) {
        return new Outgoing(null, FrameWriter.write(frame, Mode.FULL), null, null);
    }

    byte @Nullable [] bytes(Mode mode) {
        return switch (mode) {
            case PLAIN -> plain;
            case FULL -> full;
        };
    }
}
