package dev.sidestream.ws.fanout;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.ws.protocol.FrameWriter;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** What is written to a member ahead of the live frames. Whoever takes the bytes releases them. */
final class Greeting {

    private Greeting() {}

    /**
     * The frames that the request makes of what was found.
     *
     * @param meanwhile what was delivered here after the read, oldest first
     */
    static ByteBuf of(JoinRequest request, Joiner.Read read, List<StoredPublication> meanwhile) {
        List<StoredPublication> all = new ArrayList<>(read.publications());
        all.addAll(meanwhile);
        Position tail = all.isEmpty() ? read.tail() : all.getLast().position();
        return bytes(request, new JoinOutcome(tail, read.resumed(), read.gap(), all));
    }

    private static ByteBuf bytes(JoinRequest request, JoinOutcome outcome) {
        Mode mode = request.member().connection().mode();
        List<byte[]> frames = new ArrayList<>();
        for (ServerFrame frame : request.greeting().apply(outcome)) {
            byte[] bytes = FrameWriter.write(frame, mode);
            if (bytes != null) {
                frames.add(bytes);
            }
        }
        return Unpooled.wrappedBuffer(frames.toArray(new byte[0][]));
    }

    /** The frame that tells of a gap; nothing when the member's mode is not told. */
    static ByteBuf gap(JoinRequest request, Position since, Replay.Gap gap) {
        byte[] told = FrameWriter.write(
                new ServerFrame.Gap(since.id(), gap.first(), gap.reason().wireName()),
                request.member().connection().mode());
        return told == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(told);
    }
}
