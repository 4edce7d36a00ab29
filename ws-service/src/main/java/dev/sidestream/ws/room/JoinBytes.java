package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
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

    /** The frames that the request makes of what was found. */
    static ByteBuf of(JoinRequest request, JoinOutcome found) {
        return bytes(request.member().outlet(), request.greeting().apply(found));
    }

    /** The frame that tells of a gap behind a position. */
    static ByteBuf gap(JoinRequest request, Position since, Replay.Gap gap) {
        ServerFrame told = new ServerFrame.Gap(
                since.id(), gap.first(), gap.next(), gap.reason().wireName());
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
