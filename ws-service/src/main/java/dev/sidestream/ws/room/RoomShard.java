package dev.sidestream.ws.room;

import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.protocol.Mode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The members of one room on one event loop. Confined to that loop.
 *
 * <p>Frames are gathered while the loop is busy: the first one goes out at the end of the loop's turn, those that come during
 * a pass over the members and within the {@link Window} after it are joined into one write per member. A pass serves a chunk of
 * members per task, so that a large room does not hold up small ones; one pass ends before the next begins, which keeps the order.
 */
public final class RoomShard {

    private static final RoomMember[] NONE = {};

    /** Nanoseconds for which a chunk that is due at once is behind what the loop has to read. */
    private static final long BEHIND_SOCKETS = 1;

    private final LoopState loop;
    private final FanoutProperties settings;
    private final LongAdder deliveries;
    /** Replaced on change, never altered: a pass goes on over the array that it began with. */
    private RoomMember[] members = NONE;

    private final int[] modes = new int[Mode.values().length];
    private ArrayList<Outgoing> pending = new ArrayList<>();
    /** Index of the next frame to be appended. */
    private long appended;

    private boolean waiting;
    private @Nullable Pass pass;
    private final Window window;
    private @Nullable ScheduledFuture<?> windowEnd;

    /** @param deliveries counts each frame for each member */
    public RoomShard(LoopState loop, FanoutProperties settings, LongAdder deliveries) {
        this.loop = loop;
        this.settings = settings;
        this.deliveries = deliveries;
        this.window = new Window(settings.window().toNanos(), System.nanoTime());
    }

    public LoopState loop() {
        return loop;
    }

    /**
     * Greets a member and lets it in: it is owed every frame that is appended from now on.
     *
     * @param greeting bytes of whole frames; released here
     */
    public void enter(RoomMember member, ByteBuf greeting) {
        if (!greet(member, greeting)) {
            return;
        }
        enter(member);
    }

    /** Lets a member in that was greeted before. */
    public void enter(RoomMember member) {
        if (member.hasLeft() || !member.connection().isOpen()) {
            return;
        }
        member.oweFrom(appended);
        members = Arrays.copyOf(members, members.length + 1);
        members[members.length - 1] = member;
        modes[member.mode().ordinal()]++;
    }

    /** Writes the greeting to a member that enters later. */
    public static boolean greet(RoomMember member, ByteBuf greeting) {
        if (greeting.isReadable()) {
            return member.connection().write(greeting);
        }
        greeting.release();
        return member.connection().isOpen();
    }

    public void leave(RoomMember member) {
        member.leave();
        for (int i = 0; i < members.length; i++) {
            if (members[i] == member) {
                RoomMember[] fewer = new RoomMember[members.length - 1];
                System.arraycopy(members, 0, fewer, 0, i);
                System.arraycopy(members, i + 1, fewer, i, fewer.length - i);
                members = fewer;
                modes[member.mode().ordinal()]--;
                return;
            }
        }
    }

    /** One more frame for every member. */
    public void append(Outgoing frame) {
        pending.add(frame);
        appended++;
        if (pass == null && !waiting) {
            beginLater();
        } else if (windowEnd != null && window.mayEndEarly(System.nanoTime(), pending.size())) {
            windowEnd.cancel(false);
            windowEnd = null;
            loop.loop().execute(this::begin);
        }
    }

    private void beginLater() {
        waiting = true;
        long wait = window.left(System.nanoTime());
        if (wait <= 0) {
            loop.loop().execute(this::begin);
        } else {
            windowEnd = loop.loop().schedule(this::begin, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void begin() {
        waiting = false;
        windowEnd = null;
        List<Outgoing> frames = pending;
        pending = new ArrayList<>();
        if (members.length > 0) {
            ByteBufAllocator allocator = members[0].connection().allocator();
            Burst burst = new Burst(
                    frames,
                    appended - frames.size(),
                    modes[Mode.PLAIN.ordinal()] > 0,
                    modes[Mode.FULL.ordinal()] > 0,
                    allocator);
            pass = new Pass(burst, members);
            pass.run();
        }
    }

    private void ended(Pass ended) {
        long now = System.nanoTime();
        window.begin(now, now - ended.began);
        pass = null;
        if (!pending.isEmpty()) {
            beginLater();
        }
    }

    /**
     * Threads that wait for this core, Redis' and its client's among them, need not wait for the whole pass: a message of a small room
     * takes several turns of theirs, each of which would else cost a time slice of the scheduler.
     */
    private static void letOthersRun() {
        Thread.yield();
    }

    /** One burst on its way through the members, a chunk for each task. */
    private final class Pass implements Runnable {
        private final Burst burst;
        private final RoomMember[] served;
        private final long began = System.nanoTime();
        private int next;

        Pass(Burst burst, RoomMember[] served) {
            this.burst = burst;
            this.served = served;
        }

        @Override
        public void run() {
            int end = Math.min(served.length, next + settings.chunk());
            for (; next < end; next++) {
                burst.writeTo(served[next]);
            }
            if (next == served.length) {
                deliveries.add((long) burst.size() * served.length);
                burst.release();
                ended(this);
            } else {
                // Due at once, but behind the sockets. A loop runs what is executed on it for up to a second before it
                // reads, so what members of small rooms send would wait for the whole pass.
                loop.loop().schedule(this, BEHIND_SOCKETS, TimeUnit.NANOSECONDS);
                letOthersRun();
            }
        }
    }
}
