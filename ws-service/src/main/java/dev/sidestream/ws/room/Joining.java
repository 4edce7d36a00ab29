package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.channel.redis.log.ResyncCause;
import dev.sidestream.ws.delivery.Member;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those on their way into one room. A member that joins with a look into the history is greeted with what was read, then gets
 * what came meanwhile, then stands among the others: nothing twice, nothing missing. Confined to the layer's executor.
 */
final class Joining {

    private static final int MAX_ATTEMPTS = 3;

    private final Room room;
    private final RoomReads reads;
    private final Members members;
    private final List<Joiner> joiners = new ArrayList<>(1);
    /** What was delivered since the first of the joiners asked; null when nobody reads. */
    private @Nullable List<StoredPublication> recent;

    Joining(Room room, RoomReads reads, Members members) {
        this.room = room;
        this.reads = reads;
        this.members = members;
    }

    boolean isEmpty() {
        return joiners.isEmpty();
    }

    // ---- one joiner's way

    /** Takes it in; {@link #begin} follows. */
    Joiner add(JoinRequest request) {
        Joiner joiner = new Joiner(request);
        joiners.add(joiner);
        return joiner;
    }

    void begin(Joiner joiner) {
        if (joiner.needsRead()) {
            read(joiner);
        } else {
            proceed(joiner);
        }
    }

    private void read(Joiner joiner) {
        if (recent == null) {
            recent = new ArrayList<>();
        }
        joiner.attempts++;
        reads.history(joiner.request, read -> haveRead(joiner, read), cause -> couldNotRead(joiner, cause));
    }

    private void haveRead(Joiner joiner, JoinOutcome read) {
        if (joiners.contains(joiner)) {
            joiner.read = read;
            proceed(joiner);
        }
    }

    private void couldNotRead(Joiner joiner, Throwable cause) {
        if (joiners.contains(joiner)) {
            done(joiner);
            joiner.request.joined().completeExceptionally(cause);
        }
    }

    /** Lets a joiner in when both the room and its own read are ready. */
    private void proceed(Joiner joiner) {
        JoinOutcome read = joiner.read;
        if (!room.isProved() || joiner.ahead != null) {
            return;
        }
        Position last = room.last();
        if (read == null) {
            if (!joiner.needsRead()) {
                admit(joiner, new JoinOutcome(last, false, null, List.of()), List.of());
            }
            return;
        }
        Position tail = read.tail();
        if (tail != null && last != null && !tail.epoch().equals(last.epoch())) {
            readAgain(joiner);
        } else if (tail != null && (last == null || tail.seq() > last.seq())) {
            joiner.ahead = tail;
            members.greet(joiner.request.member(), JoinBytes.of(joiner.request, read, List.of()));
        } else {
            List<StoredPublication> meanwhile = since(tail, last);
            if (follows(tail, meanwhile)) {
                admit(joiner, read, meanwhile);
            } else {
                readAgain(joiner);
            }
        }
    }

    /** What was delivered here after a position, in the room's present epoch. */
    private List<StoredPublication> since(@Nullable Position tail, @Nullable Position last) {
        if (recent == null || last == null) {
            return List.of();
        }
        return recent.stream()
                .filter(publication -> publication.position().epoch().equals(last.epoch())
                        && (tail == null || publication.position().seq() > tail.seq()))
                .toList();
    }

    /** False when the room itself skipped something since, of which its members were told but this joiner was not. */
    private static boolean follows(@Nullable Position tail, List<StoredPublication> meanwhile) {
        long seq = tail == null ? 0 : tail.seq();
        for (StoredPublication publication : meanwhile) {
            if (publication.position().seq() != ++seq) {
                return false;
            }
        }
        return true;
    }

    /** The room's life changed between the two reads, so they cannot be put together. */
    private void readAgain(Joiner joiner) {
        joiner.read = null;
        if (joiner.attempts >= MAX_ATTEMPTS) {
            couldNotRead(joiner, new IllegalStateException("The room changed its epoch again and again"));
            return;
        }
        room.resync(ResyncCause.HOLE);
        read(joiner);
    }

    private void admit(Joiner joiner, JoinOutcome read, List<StoredPublication> meanwhile) {
        enter(joiner, JoinBytes.of(joiner.request, read, meanwhile));
    }

    private void enter(Joiner joiner, ByteBuf greeting) {
        members.enter(joiner.request.member(), greeting);
        done(joiner);
        joiner.request.joined().complete(null);
    }

    private void done(Joiner joiner) {
        joiners.remove(joiner);
        if (joiners.stream().noneMatch(other -> other.needsRead() && other.ahead == null)) {
            recent = null;
        }
    }

    // ---- what becomes of the room meanwhile

    /** The room stands at its last position again. */
    void proceed() {
        for (Joiner joiner : List.copyOf(joiners)) {
            proceed(joiner);
        }
    }

    /** The room could not be opened. */
    void refuse(Throwable cause) {
        List<Joiner> refused = List.copyOf(joiners);
        joiners.clear();
        recent = null;
        refused.forEach(joiner -> joiner.request.joined().completeExceptionally(cause));
    }

    /** The room has given this to its members, and stands at its position now. */
    void delivered(StoredPublication publication) {
        if (!joiners.isEmpty()) {
            if (recent != null) {
                recent.add(publication);
            }
            admitThoseAhead(publication.position());
        }
    }

    /** Those who had read further than the room was come in at the moment that it reaches them. */
    private void admitThoseAhead(Position last) {
        for (int i = joiners.size() - 1; i >= 0; i--) {
            Joiner joiner = joiners.get(i);
            Position ahead = joiner.ahead;
            if (ahead != null && (!ahead.epoch().equals(last.epoch()) || ahead.seq() <= last.seq())) {
                enter(joiner, Unpooled.EMPTY_BUFFER);
            }
        }
    }

    /** Those whom what follows the gap will not reach at the position that they have read to are told of it, too. */
    void admitBefore(Replay.Gap gap) {
        for (Joiner joiner : List.copyOf(joiners)) {
            Position ahead = joiner.ahead;
            if (ahead != null
                    && gap.publications().stream()
                            .noneMatch(publication -> publication.position().equals(ahead))) {
                enter(joiner, JoinBytes.gap(joiner.request, ahead, gap));
            }
        }
    }

    /** Ends a member's way in; false when it is not on one. */
    boolean leave(Member member) {
        for (Joiner joiner : joiners) {
            if (joiner.request.member() == member) {
                done(joiner);
                joiner.request.joined().complete(null);
                return true;
            }
        }
        return false;
    }
}
