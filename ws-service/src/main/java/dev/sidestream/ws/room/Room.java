package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.channel.redis.log.ResyncCause;
import dev.sidestream.channel.redis.log.RoomListener;
import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.delivery.Outgoing;
import dev.sidestream.ws.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * One room with members on this node: the last position that they have seen, and the proof that the next one follows it.
 * Confined to the layer's executor.
 *
 * <p>While the proof is out (at the opening, and after a hole) publications are held back, and whoever wants in waits
 * ({@link Joining}). What a proof brings goes out in portions that wait for the members' sockets.
 */
final class Room implements RoomListener {

    private final String room;
    private final RoomReads reads;
    private final RoomMetrics metrics;
    private final Members members;
    private final Joining joining;
    private @Nullable HeldBack held = new HeldBack();
    private @Nullable Position last;
    private boolean opening;
    private boolean opened;
    private boolean resyncing;

    /** Whether Redis was told already that it lost what this proof begins at. */
    private boolean lossTold;

    Room(String room, RoomReads reads, RoomMetrics metrics, Members members) {
        this.room = room;
        this.reads = reads;
        this.metrics = metrics;
        this.members = members;
        this.joining = new Joining(this, reads, members);
    }

    @Nullable
    Position last() {
        return last;
    }

    /** Nobody is in it or on the way into it. */
    boolean isIdle() {
        return members.isEmpty() && joining.isEmpty();
    }

    /** Whether its last position is known, and no proof of what follows it is out. */
    boolean isProved() {
        return opened && !resyncing && held == null;
    }

    /** One more frame for every member whose dialect knows it. */
    void tell(ServerFrame frame) {
        members.broadcast(Outgoing.same(frame));
    }

    // ---- the way out

    @Override
    public void publication(StoredPublication publication) {
        if (held == null) {
            accept(publication);
        } else {
            held.add(publication);
        }
    }

    private void accept(StoredPublication publication) {
        switch (Continuity.of(last, publication.position())) {
            case NEXT -> {
                deliver(publication);
                metrics.delay(publication.timestamp());
            }
            case SEEN -> {}
            case BROKEN -> resync(ResyncCause.HOLE);
        }
    }

    private void deliver(StoredPublication publication) {
        Position before = last;
        last = publication.position();
        if (!members.isEmpty()) {
            if (publication.isReadable()) {
                members.broadcast(Outgoing.publication(publication, members::has));
            } else {
                metrics.gap(GapReason.LOST);
                tell(ServerFrame.Gap.unreadable(before, last));
            }
        }
        joining.delivered(publication);
    }

    @Override
    public void broken(String ended, String begun) {
        if (held != null) {
            held.broken(ended);
        } else if (last != null && last.epoch().equals(ended)) {
            resync(ResyncCause.BREAK);
        }
    }

    // ---- opening and proving again

    private void open() {
        if (!opened && !opening) {
            opening = true;
            reads.tail(room, this::opened, this::couldNotOpen);
        }
    }

    private void opened(@Nullable Position tail) {
        opening = false;
        opened = true;
        last = tail;
        release();
    }

    /** The next one who wants in asks again. */
    private void couldNotOpen(Throwable cause) {
        opening = false;
        joining.refuse(cause);
    }

    /** Lets go what was held back. What does not follow begins another proof. */
    private void release() {
        HeldBack waiting = held;
        held = null;
        if (waiting != null) {
            if (waiting.isIncomplete() || (last != null && waiting.hasEnded(last.epoch()))) {
                resync(waiting.isIncomplete() ? ResyncCause.HOLE : ResyncCause.BREAK);
            }
            waiting.publications().forEach(this::publication);
        }
        joining.proceed();
    }

    /**
     * Reads the room again from its last position.
     *
     * @param cause tag of the metric
     */
    void resync(ResyncCause cause) {
        if (!opened || resyncing) {
            return;
        }
        resyncing = true;
        lossTold = false;
        held = new HeldBack();
        metrics.resync(cause);
        prove();
    }

    private void prove() {
        reads.replay(room, last, this::isIdle, this::proved);
    }

    private void proved(Replay replay) {
        switch (replay) {
            case Replay.Contiguous whole -> {
                whole.publications().forEach(this::deliver);
                proveOn(whole.left());
            }
            case Replay.Gap gap -> {
                if (gap.reason() == GapReason.DIVERGED && last != null && !lossTold) {
                    // This node has seen accepted what Redis no longer has. Once the epoch has ended all are told
                    // alike.
                    lossTold = true;
                    reads.lost(room, last, this::prove);
                } else {
                    beyond(gap);
                }
            }
        }
    }

    private void beyond(Replay.Gap gap) {
        metrics.gap(gap.reason());
        String since = last == null ? null : last.id();
        tell(new ServerFrame.Gap(since, gap.first(), gap.next(), gap.reason().wireName()));
        gap.older().forEach(this::deliver);
        last = gap.next();
        joining.admitBefore(gap);
        proveOn(gap.left());
    }

    /** The next portion, when the members' sockets have taken this one. */
    private void proveOn(long left) {
        if (left > 0 && !isIdle()) {
            members.whenTaken(this::prove);
        } else {
            resynced();
        }
    }

    private void resynced() {
        resyncing = false;
        release();
    }

    // ---- coming and going

    void join(JoinRequest request) {
        Joiner joiner = joining.add(request);
        open();
        joining.begin(joiner);
    }

    void leave(Member member) {
        if (!joining.leave(member)) {
            members.leave(member);
        }
    }
}
