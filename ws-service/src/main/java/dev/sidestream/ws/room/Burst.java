package dev.sidestream.ws.room;

import dev.sidestream.ws.protocol.Mode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * Some frames of one shard, put together into one buffer per mode that every member shares. Confined to its event loop;
 * whoever made it must {@link #release()} it.
 */
final class Burst {

    private static final ByteBuf NOTHING = Unpooled.EMPTY_BUFFER;

    private final List<Outgoing> frames;
    private final long first;
    private final boolean personal;
    private final int[][] offsets = new int[Mode.values().length][];
    private final ByteBuf[] shared = new ByteBuf[Mode.values().length];

    /**
     * @param first index of the first frame in its shard
     * @param plain whether plain members are there
     * @param full whether full members are there
     */
    Burst(List<Outgoing> frames, long first, boolean plain, boolean full, ByteBufAllocator allocator) {
        this.frames = frames;
        this.first = first;
        this.personal = full && frames.stream().anyMatch(frame -> frame.own() != null);
        join(Mode.PLAIN, plain, allocator);
        join(Mode.FULL, full, allocator);
    }

    private void join(Mode mode, boolean wanted, ByteBufAllocator allocator) {
        int[] ends = new int[frames.size() + 1];
        int size = 0;
        for (int i = 0; i < frames.size(); i++) {
            byte[] bytes = wanted ? frames.get(i).bytes(mode) : null;
            size += bytes == null ? 0 : bytes.length;
            ends[i + 1] = size;
        }
        ByteBuf joined = size == 0 ? NOTHING : allocator.directBuffer(size);
        if (size > 0) {
            for (Outgoing frame : frames) {
                byte[] bytes = frame.bytes(mode);
                if (bytes != null) {
                    joined.writeBytes(bytes);
                }
            }
        }
        offsets[mode.ordinal()] = ends;
        shared[mode.ordinal()] = joined;
    }

    int size() {
        return frames.size();
    }

    /** Writes what the member is owed of it. */
    void writeTo(RoomMember member) {
        if (personal && member.mode() == Mode.FULL && isAuthorOfSome(member)) {
            writePersonal(member);
            return;
        }
        ByteBuf buffer = shared[member.mode().ordinal()];
        long skipped = member.owedFrom() - first;
        int from = skipped <= 0 ? 0 : offsets[member.mode().ordinal()][(int) Math.min(skipped, frames.size())];
        int length = buffer.readableBytes() - from;
        if (length > 0) {
            member.connection()
                    .writeAndFlush(from == 0 ? buffer.retainedDuplicate() : buffer.retainedSlice(from, length));
        }
    }

    private boolean isAuthorOfSome(RoomMember member) {
        for (int i = 0; i < frames.size(); i++) {
            String author = frames.get(i).author();
            if (author != null && member.isAuthor(author)) {
                return true;
            }
        }
        return false;
    }

    private void writePersonal(RoomMember member) {
        for (int i = (int) Math.max(0, member.owedFrom() - first); i < frames.size(); i++) {
            Outgoing frame = frames.get(i);
            byte[] own = frame.author() != null && member.isAuthor(frame.author()) ? frame.own() : frame.full();
            if (own != null) {
                member.connection().write(Unpooled.wrappedBuffer(own));
            }
        }
    }

    void release() {
        for (ByteBuf buffer : shared) {
            buffer.release();
        }
    }
}
