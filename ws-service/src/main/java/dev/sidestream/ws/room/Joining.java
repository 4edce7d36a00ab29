package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.channel.redis.log.ResyncCause;
import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those on their way into one room. A member that joins with a look into the history is greeted with what was read, in portions that
 * wait for its socket, then gets what came meanwhile, then stands among the others: nothing twice, nothing missing. Confined to the
 * layer's executor.
 */
final class Joining {

    private static final int MAX_ATTEMPTS = 3;

    private final Room room;
    private final RoomReads reads;
    private final Members members;
    private final Map<Member, Joiner> joiners = new LinkedHashMap<>(4);

    /** Those of them who have read further than the room is. */
    private final Set<Joiner> ahead = new LinkedHashSet<>(4);

    private final Recent recent = new Recent();

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
        joiners.put(request.member(), joiner);
        if (joiner.needsRead()) {
            recent.wanted();
        }
        return joiner;
    }

    void begin(Joiner joiner) {
        if (joiner.needsRead()) {
            read(joiner);
        } else {
            proceed(joiner);
        }
    }

    private boolean isHere(Joiner joiner) {
        return joiners.get(joiner.request.member()) == joiner;
    }

    private void read(Joiner joiner) {
        joiner.read = null;
        reads.history(
                joiner.request, joiner.from, read -> haveRead(joiner, read), cause -> couldNotRead(joiner, cause));
    }

    private void haveRead(Joiner joiner, JoinOutcome read) {
        if (!isHere(joiner)) {
            return;
        }
        if (read.left() > 0) {
            greet(joiner, read);
            readOn(joiner, read);
        } else {
            joiner.read = read;
            proceed(joiner);
        }
    }

    /** The next portion, when the socket has taken this one. */
    private void readOn(Joiner joiner, JoinOutcome read) {
        joiner.read = null;
        joiner.from = read.tail();
        members.whenTaken(joiner.request.member(), () -> {
            if (isHere(joiner)) {
                read(joiner);
            }
        });
    }

    private void couldNotRead(Joiner joiner, Throwable cause) {
        if (isHere(joiner)) {
            done(joiner);
            joiner.request.joined().completeExceptionally(cause);
            if (joiner.greeted) {
                joiner.request.member().outlet().close(CloseCode.POSITION_LOST);
            }
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
                enter(joiner, JoinBytes.of(joiner.request, JoinOutcome.recent(last, List.of())));
            }
            return;
        }
        Position tail = read.tail();
        if (tail != null && last != null && !tail.epoch().equals(last.epoch())) {
            readAgain(joiner, read);
        } else if (tail != null && (last == null || tail.seq() > last.seq())) {
            greet(joiner, read);
            joiner.ahead = tail;
            ahead.add(joiner);
        } else {
            List<StoredPublication> meanwhile = recent.between(tail, last);
            if (meanwhile != null) {
                enter(joiner, JoinBytes.of(joiner.request, read.with(meanwhile)));
            } else {
                goOn(joiner, read);
            }
        }
    }

    private void greet(Joiner joiner, JoinOutcome read) {
        members.greet(joiner.request.member(), JoinBytes.of(joiner.request, read));
        joiner.greeted = true;
        joiner.request.joined().complete(null);
    }

    /** What came meanwhile is not at hand, or is not whole, of which the room's members were told: it is read. */
    private void goOn(Joiner joiner, JoinOutcome read) {
        if (read.tail() == null) {
            readAgain(joiner, read);
        } else {
            greet(joiner, read);
            readOn(joiner, read);
        }
    }

    /** The room's life changed between the two reads, so they cannot be put together. */
    private void readAgain(Joiner joiner, JoinOutcome read) {
        if (++joiner.attempts >= MAX_ATTEMPTS) {
            couldNotRead(joiner, new IllegalStateException("The room changed its epoch again and again"));
            return;
        }
        room.resync(ResyncCause.HOLE);
        if (read.tail() != null && joiner.greeted) {
            joiner.from = read.tail();
            greet(joiner, read);
        }
        read(joiner);
    }

    private void enter(Joiner joiner, ByteBuf greeting) {
        members.enter(joiner.request.member(), greeting);
        done(joiner);
        joiner.request.joined().complete(null);
    }

    private void done(Joiner joiner) {
        joiners.remove(joiner.request.member());
        ahead.remove(joiner);
        if (joiner.needsRead()) {
            recent.unwanted();
        }
    }

    // ---- what becomes of the room meanwhile

    /** The room stands at its last position again. */
    void proceed() {
        for (Joiner joiner : List.copyOf(joiners.values())) {
            if (isHere(joiner)) {
                proceed(joiner);
            }
        }
    }

    /** The room could not be opened. */
    void refuse(Throwable cause) {
        for (Joiner joiner : List.copyOf(joiners.values())) {
            couldNotRead(joiner, cause);
        }
    }

    /** The room has given this to its members, and stands at its position now. */
    void delivered(StoredPublication publication) {
        recent.add(publication);
        if (!ahead.isEmpty()) {
            admitThoseAhead(publication.position());
        }
    }

    /** Those who had read further than the room was come in at the moment that it reaches them. */
    private void admitThoseAhead(Position last) {
        for (Joiner joiner : List.copyOf(ahead)) {
            Position reached = joiner.ahead;
            if (reached != null && (!reached.epoch().equals(last.epoch()) || reached.seq() <= last.seq())) {
                enter(joiner, Unpooled.EMPTY_BUFFER);
            }
        }
    }

    /** Those whom what follows the gap will not reach at the position that they have read to are told of it, too. */
    void admitBefore(Replay.Gap gap) {
        Position next = gap.next();
        for (Joiner joiner : List.copyOf(ahead)) {
            Position reached = joiner.ahead;
            if (reached != null
                    && (next == null || !reached.epoch().equals(next.epoch()) || reached.seq() < next.seq())) {
                enter(joiner, JoinBytes.gap(joiner.request, reached, gap));
            }
        }
        if (next != null) {
            admitThoseAhead(next);
        }
    }

    /** Ends a member's way in; false when it is not on one. */
    boolean leave(Member member) {
        Joiner joiner = joiners.get(member);
        if (joiner == null) {
            return false;
        }
        done(joiner);
        joiner.request.joined().complete(null);
        return true;
    }
}
