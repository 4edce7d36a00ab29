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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One room with members on this node: the last position that they have seen, and the proof that the next one follows it.
 * Confined to the layer's executor.
 *
 * <p>While the proof is out (at the opening, and after a hole) publications are held back, and whoever wants in waits
 * ({@link Joining}).
 */
final class Room implements RoomListener {

    /** What may be held back; beyond it the room is simply proved again from its last position. */
    private static final int MAX_HELD = 10_000;

    private final String room;
    private final RoomReads reads;
    private final RoomMetrics metrics;
    private final Members members;
    private final Joining joining;
    private @Nullable List<StoredPublication> held = new ArrayList<>();
    private @Nullable Position last;
    private boolean opening;
    private boolean opened;
    private boolean resyncing;

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

    /** Tells those who are told of everything; plain clients hear nothing that they did not ask for. */
    void tellAll(ServerFrame frame) {
        members.broadcast(Outgoing.toTold(frame));
    }

    private void tell(ServerFrame frame) {
        members.broadcast(Outgoing.same(frame));
    }

    // ---- the way out

    @Override
    public void publication(StoredPublication publication) {
        List<StoredPublication> waiting = held;
        if (waiting == null) {
            accept(publication);
        } else if (waiting.size() < MAX_HELD) {
            waiting.add(publication);
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
        last = publication.position();
        if (!members.isEmpty()) {
            members.broadcast(Outgoing.publication(publication, members::has));
        }
        joining.delivered(publication);
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
        List<StoredPublication> waiting = held == null ? List.of() : held;
        held = null;
        for (StoredPublication publication : waiting) {
            publication(publication);
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
        held = new ArrayList<>();
        metrics.resync(cause);
        reads.replay(room, last, this::isIdle, this::resynced);
    }

    private void resynced(Replay replay) {
        resyncing = false;
        switch (replay) {
            case Replay.Contiguous contiguous -> contiguous.publications().forEach(this::deliver);
            case Replay.Gap gap -> {
                metrics.gap(gap.reason());
                String since = last == null ? null : last.id();
                if (gap.reason() == GapReason.DIVERGED && last != null) {
                    // This node has seen accepted what Redis no longer has, so no seq of that epoch may be given again.
                    reads.renewEpoch(room, last.epoch());
                }
                tell(new ServerFrame.Gap(since, gap.first(), gap.reason().wireName()));
                last = gap.tail();
                joining.admitBefore(gap);
                gap.publications().forEach(this::deliver);
            }
        }
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
