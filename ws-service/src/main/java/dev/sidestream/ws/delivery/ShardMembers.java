package dev.sidestream.ws.delivery;

import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.Dialects;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shard, in an array that grows by doubling. A pass goes on over the members that were there when it began:
 * while one holds the array, what would disturb it is done on a copy. Confined to the shard's event loop.
 */
final class ShardMembers {

    private static final int LEAST = 4;

    private final int[] byDialect = new int[Dialects.count()];
    private @Nullable Member[] members = new Member[LEAST];
    private int size;
    private boolean held;

    int size() {
        return size;
    }

    /** Whether any member speaks this dialect. */
    boolean has(Dialect dialect) {
        return byDialect[dialect.index()] > 0;
    }

    /** Where buffers for all of them come from; not for an empty one. */
    ByteBufAllocator allocator() {
        return Objects.requireNonNull(members[0]).outlet().allocator();
    }

    /** Whether little waits for any of them. */
    boolean haveTaken() {
        for (int i = 0; i < size; i++) {
            Member member = members[i];
            if (member != null && !Taken.by(member.outlet())) {
                return false;
            }
        }
        return true;
    }

    /** For a pass over the first {@link #size()} of it; {@link #release} follows. */
    @Nullable
    Member[] hold() {
        held = true;
        return members;
    }

    /** The pass is over. */
    void release() {
        held = false;
    }

    void add(Member member) {
        if (size == members.length) {
            copy(2 * size);
        }
        // Behind the last one, where no pass looks.
        members[size] = member;
        member.placeAt(size++);
        byDialect[member.dialect().index()]++;
    }

    /** No effect on one that is not here. */
    void remove(Member member) {
        int slot = member.slot();
        if (slot < 0) {
            return;
        }
        if (held) {
            copy(members.length);
        } else if (members.length > LEAST && size <= members.length / 4) {
            copy(members.length / 2);
        }
        Member last = Objects.requireNonNull(members[--size]);
        members[slot] = last;
        last.placeAt(slot);
        members[size] = null;
        member.placeAt(-1);
        byDialect[member.dialect().index()]--;
    }

    private void copy(int length) {
        members = Arrays.copyOf(members, length);
        held = false; // the pass keeps the old one
    }
}
