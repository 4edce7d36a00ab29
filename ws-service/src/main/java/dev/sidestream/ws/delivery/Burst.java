package dev.sidestream.ws.delivery;

import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.protocol.EncodedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some frames of one shard, put together into one buffer per dialect that every member shares. Confined to its event loop;
 * whoever made it must {@link #release()} it.
 */
final class Burst {

    private final List<Outgoing> frames;
    private final long first;
    private final @Nullable Joined[] joined = new Joined[Dialects.count()];

    /**
     * Joins the frames.
     *
     * @param first index of the first frame in its shard
     * @param present the dialects that have members
     * @throws OutOfMemoryError when there is no room for the bytes; nothing is kept then
     */
    Burst(List<Outgoing> frames, long first, Predicate<Dialect> present, ByteBufAllocator allocator) {
        this.frames = frames;
        this.first = first;
        try {
            for (Dialect dialect : Dialects.ALL) {
                if (present.test(dialect)) {
                    joined[dialect.index()] = Joined.of(frames, dialect, allocator);
                }
            }
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /**
     * Writes what the member is owed of it.
     *
     * @return how many frames those are; what its dialect is not told counts as well
     */
    int writeTo(Member member) {
        Joined of = joined[member.dialect().index()];
        if (of == null || member.hasLeft()) {
            return 0;
        }
        int skipped = (int) Math.min(Math.max(0, member.owedFrom() - first), frames.size());
        if (of.personal && isAuthorOfSome(member)) {
            writePersonal(member, skipped);
            return frames.size() - skipped;
        }
        ByteBuf buffer = of.bytes;
        int from = skipped == 0 ? 0 : of.ends[skipped - 1];
        int length = buffer.readableBytes() - from;
        if (length > 0) {
            member.outlet().writeAndFlush(from == 0 ? buffer.retainedDuplicate() : buffer.retainedSlice(from, length));
        }
        return frames.size() - skipped;
    }

    private boolean isAuthorOfSome(Member member) {
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).isOwn(member)) {
                return true;
            }
        }
        return false;
    }

    private void writePersonal(Member member, int skipped) {
        for (int i = skipped; i < frames.size(); i++) {
            EncodedFrame frame = frames.get(i).of(member);
            if (frame != null) {
                member.outlet().write(frame.toBuffer(member.outlet().allocator()));
            }
        }
    }

    void release() {
        for (Joined of : joined) {
            if (of != null) {
                of.bytes.release();
            }
        }
    }

    /**
     * All frames as one dialect says them.
     *
     * @param ends where each frame ends in the bytes
     * @param personal whether some frame is another one for its author
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Joined(ByteBuf bytes, int[] ends, boolean personal) {

        static Joined of(List<Outgoing> frames, Dialect dialect, ByteBufAllocator allocator) {
            int[] ends = new int[frames.size()];
            int size = 0;
            boolean personal = false;
            for (int i = 0; i < ends.length; i++) {
                EncodedFrame frame = frames.get(i).shared(dialect);
                size += frame == null ? 0 : frame.length();
                ends[i] = size;
                personal |= frames.get(i).isPersonal(dialect);
            }
            ByteBuf bytes = allocator.directBuffer(size);
            try {
                for (int i = 0; i < ends.length; i++) {
                    EncodedFrame frame = frames.get(i).shared(dialect);
                    if (frame != null) {
                        frame.writeTo(bytes);
                    }
                }
            } catch (RuntimeException | Error e) {
                bytes.release();
                throw e;
            }
            return new Joined(bytes, ends, personal);
        }
    }
}
