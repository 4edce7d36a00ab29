package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.protocol.EncodedFrame;
import dev.sidestream.ws.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** What is written to a member ahead of the live frames. Whoever takes the bytes releases them. */
final class JoinBytes {

    private JoinBytes() {}

    /**
     * The frames that the request makes of what was found.
     *
     * @param meanwhile what was delivered here after the read, oldest first
     */
    static ByteBuf of(JoinRequest request, JoinOutcome read, List<StoredPublication> meanwhile) {
        List<StoredPublication> all = new ArrayList<>(read.publications());
        all.addAll(meanwhile);
        Position tail = all.isEmpty() ? read.tail() : all.getLast().position();
        JoinOutcome outcome = new JoinOutcome(tail, read.resumed(), read.gap(), all);
        return bytes(request.member().outlet(), request.greeting().apply(outcome));
    }

    /** The frame that tells of a gap; nothing when the member's dialect is not told. */
    static ByteBuf gap(JoinRequest request, Position since, Replay.Gap gap) {
        ServerFrame told =
                new ServerFrame.Gap(since.id(), gap.first(), gap.reason().wireName());
        return bytes(request.member().outlet(), List.of(told));
    }

    private static ByteBuf bytes(Outlet outlet, List<ServerFrame> frames) {
        List<EncodedFrame> encoded = new ArrayList<>(frames.size());
        int length = 0;
        for (ServerFrame frame : frames) {
            EncodedFrame bytes = outlet.dialect().write(frame);
            if (bytes != null) {
                encoded.add(bytes);
                length += bytes.length();
            }
        }
        if (length == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf joined = outlet.allocator().directBuffer(length);
        encoded.forEach(frame -> frame.writeTo(joined));
        return joined;
    }
}
