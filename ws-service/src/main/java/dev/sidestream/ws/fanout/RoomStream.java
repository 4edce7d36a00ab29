package dev.sidestream.ws.fanout;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.channel.redis.RoomListener;
import dev.sidestream.ws.protocol.FrameWriter;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.room.Outgoing;
import dev.sidestream.ws.room.RoomMember;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One room with members on this node: the last position that they have seen, and the proof that the next one follows it.
 * Confined to the layer's executor.
 *
 * <p>While the proof is out (at the opening, and after a hole) publications are held back. A member that joins with a look
 * into the history is greeted with what was read, then gets what came meanwhile, then stands among the others: nothing twice,
 * nothing missing.
 */
final class RoomStream implements RoomListener {

    /** What may be held back; beyond it the room is simply proved again from its last position. */
    private static final int MAX_HELD = 10_000;

    private static final int MAX_JOIN_ATTEMPTS = 3;

    private final String room;
    private final RoomReads reads;
    private final FanoutMetrics metrics;
    private final Members members;
    private final List<Joiner> joiners = new ArrayList<>(1);
    /** What was delivered since the first of the joiners asked; null when nobody reads. */
    private @Nullable List<StoredPublication> recent;

    private @Nullable List<StoredPublication> held = new ArrayList<>();
    private @Nullable Position last;
    private boolean opening;
    private boolean opened;
    private boolean resyncing;

    RoomStream(String room, RoomReads reads, FanoutMetrics metrics, Members members) {
        this.room = room;
        this.reads = reads;
        this.metrics = metrics;
        this.members = members;
    }

    @Nullable
    Position last() {
        return last;
    }

    /** Nobody is in it or on the way into it. */
    boolean isIdle() {
        return members.isEmpty() && joiners.isEmpty();
    }

    boolean isLive() {
        return opened && !resyncing;
    }

    /** Tells something that only full mode knows of; plain mode hears nothing that it did not ask for. */
    void tellFull(ServerFrame frame) {
        members.broadcast(Outgoing.full(frame));
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
            case BROKEN -> resync("hole");
        }
    }

    private void deliver(StoredPublication publication) {
        last = publication.position();
        if (!members.isEmpty()) {
            members.broadcast(Outgoing.publication(publication, members.has(Mode.PLAIN), members.has(Mode.FULL)));
        }
        if (!joiners.isEmpty()) {
            if (recent != null) {
                recent.add(publication);
            }
            admitThoseAhead();
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
        List<Joiner> refused = List.copyOf(joiners);
        joiners.clear();
        recent = null;
        refused.forEach(joiner -> joiner.request.joined().completeExceptionally(cause));
    }

    /** Lets go what was held back. What does not follow begins another proof. */
    private void release() {
        List<StoredPublication> waiting = held == null ? List.of() : held;
        held = null;
        for (StoredPublication publication : waiting) {
            publication(publication);
        }
        for (Joiner joiner : List.copyOf(joiners)) {
            proceed(joiner);
        }
    }

    /**
     * Reads the room again from its last position.
     *
     * @param cause tag of the metric
     */
    void resync(String cause) {
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
                admitBeforeGap(gap);
                gap.publications().forEach(this::deliver);
            }
        }
        release();
    }

    // ---- joining

    void join(JoinRequest request) {
        Joiner joiner = new Joiner(request);
        joiners.add(joiner);
        open();
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

    private void haveRead(Joiner joiner, Joiner.Read read) {
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
        Joiner.Read read = joiner.read;
        if (!isLive() || held != null || joiner.ahead != null) {
            return;
        }
        if (read == null) {
            if (!joiner.needsRead()) {
                admit(joiner, new Joiner.Read(last, false, null, List.of()), List.of());
            }
            return;
        }
        Position tail = read.tail();
        if (tail != null && last != null && !tail.epoch().equals(last.epoch())) {
            readAgain(joiner);
        } else if (tail != null && (last == null || tail.seq() > last.seq())) {
            joiner.ahead = tail;
            members.greet(joiner.request.member(), greeting(joiner, read, List.of()));
        } else {
            List<StoredPublication> meanwhile = since(tail);
            if (follows(tail, meanwhile)) {
                admit(joiner, read, meanwhile);
            } else {
                readAgain(joiner);
            }
        }
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
        if (joiner.attempts >= MAX_JOIN_ATTEMPTS) {
            couldNotRead(joiner, new IllegalStateException("The room changed its epoch again and again"));
            return;
        }
        resync("hole");
        read(joiner);
    }

    /** What was delivered here after a position. */
    private List<StoredPublication> since(@Nullable Position tail) {
        List<StoredPublication> delivered = recent == null ? List.of() : recent;
        return delivered.stream()
                .filter(publication -> last != null
                        && publication.position().epoch().equals(last.epoch())
                        && (tail == null || publication.position().seq() > tail.seq()))
                .toList();
    }

    private void admit(Joiner joiner, Joiner.Read read, List<StoredPublication> meanwhile) {
        members.enter(joiner.request.member(), greeting(joiner, read, meanwhile));
        done(joiner);
        joiner.request.joined().complete(null);
    }

    private static ByteBuf greeting(Joiner joiner, Joiner.Read read, List<StoredPublication> meanwhile) {
        List<StoredPublication> all = new ArrayList<>(read.publications());
        all.addAll(meanwhile);
        Position tail = all.isEmpty() ? read.tail() : all.getLast().position();
        return bytes(joiner.request, new JoinOutcome(tail, read.resumed(), read.gap(), all));
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

    /** Those who had read further than the room was come in at the moment that it reaches them. */
    private void admitThoseAhead() {
        for (int i = joiners.size() - 1; i >= 0; i--) {
            Joiner joiner = joiners.get(i);
            Position ahead = joiner.ahead;
            if (ahead != null && last != null && (!ahead.epoch().equals(last.epoch()) || ahead.seq() <= last.seq())) {
                enterGreeted(joiner, Unpooled.EMPTY_BUFFER);
            }
        }
    }

    /** Those whom what follows the gap will not reach at the position that they have read to are told of it, too. */
    private void admitBeforeGap(Replay.Gap gap) {
        for (Joiner joiner : List.copyOf(joiners)) {
            Position ahead = joiner.ahead;
            if (ahead != null
                    && gap.publications().stream()
                            .noneMatch(publication -> publication.position().equals(ahead))) {
                byte[] told = FrameWriter.write(
                        new ServerFrame.Gap(
                                ahead.id(), gap.first(), gap.reason().wireName()),
                        joiner.request.member().connection().mode());
                enterGreeted(joiner, told == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(told));
            }
        }
    }

    private void enterGreeted(Joiner joiner, ByteBuf told) {
        members.enter(joiner.request.member(), told);
        done(joiner);
        joiner.request.joined().complete(null);
    }

    private void done(Joiner joiner) {
        joiners.remove(joiner);
        if (joiners.stream().noneMatch(other -> other.needsRead() && other.ahead == null)) {
            recent = null;
        }
    }

    void leave(RoomMember member) {
        for (Joiner joiner : joiners) {
            if (joiner.request.member() == member) {
                done(joiner);
                joiner.request.joined().complete(null);
                return;
            }
        }
        members.leave(member);
    }
}
