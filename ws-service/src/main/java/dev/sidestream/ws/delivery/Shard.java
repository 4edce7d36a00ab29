package dev.sidestream.ws.delivery;

import dev.sidestream.ws.connection.Loop;
import dev.sidestream.ws.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of one room on one event loop. Confined to that loop.
 *
 * <p>Frames are gathered while the loop is busy: the first one goes out at the end of the loop's turn, those that come during
 * a pass over the members and within the {@link Window} after it are joined into one write per member. A pass serves a chunk of
 * members per task, so that a large room does not hold up small ones; one pass ends before the next begins, which keeps the order.
 *
 * <p>A member that cannot be given what it is owed is closed with {@link CloseCode#POSITION_LOST} and comes back for it; the others
 * go on. When frames cannot be made ready at all, as memory ran out, that concerns all who are here, and nobody elsewhere.
 */
public final class Shard {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    /** Nanoseconds for which a chunk that is due at once is behind what the loop has to read. */
    private static final long BEHIND_SOCKETS = 1;

    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Loop loop;
    private final FanoutProperties settings;
    private final LongAdder deliveries;
    private final ShardMembers members = new ShardMembers();
    private ArrayList<Outgoing> pending = new ArrayList<>();
    /** Index of the next frame to be appended. */
    private long appended;

    private boolean waiting;
    private @Nullable Pass pass;
    private final Window window;
    private Loop.@Nullable Timer windowEnd;

    /** @param deliveries counts each frame for each member */
    public Shard(Loop loop, FanoutProperties settings, LongAdder deliveries) {
        this.loop = loop;
        this.settings = settings;
        this.deliveries = deliveries;
        this.window = new Window(settings.window().toNanos(), loop.nanoTime());
    }

    public Loop loop() {
        return loop;
    }

    /**
     * Greets a member and lets it in: it is owed every frame that is appended from now on.
     *
     * @param greeting bytes of whole frames; released here
     */
    public void enter(Member member, ByteBuf greeting) {
        if (greet(member, greeting) && !member.hasLeft()) {
            member.oweFrom(appended);
            members.add(member);
        }
    }

    /**
     * Writes the greeting to a member that enters later.
     *
     * @return whether the member has it and is open
     */
    public static boolean greet(Member member, ByteBuf greeting) {
        try {
            if (greeting.isReadable()) {
                return member.outlet().write(greeting) && member.outlet().isOpen();
            }
            greeting.release();
            return member.outlet().isOpen();
        } catch (RuntimeException | Error e) {
            lost(member, e);
            return false;
        }
    }

    private static void lost(Member member, Throwable cause) {
        LOG.atError().setCause(cause).log("A member could not be given what it is owed and is told to come back");
        member.outlet().close(CloseCode.POSITION_LOST);
    }

    public void leave(Member member) {
        member.leave();
        members.remove(member);
    }

    /** One more frame for every member. */
    public void append(Outgoing frame) {
        pending.add(frame);
        appended++;
        if (pass == null && !waiting) {
            beginLater();
        } else if (windowEnd != null && window.mayEndEarly(loop.nanoTime(), pending.size())) {
            windowEnd.cancel();
            windowEnd = null;
            loop.execute(this::begin);
        }
    }

    /**
     * Runs something when the members' sockets have taken what was appended, or half a second is over: a reader that is slower than
     * all others does not hold them up.
     */
    public void whenTaken(Runnable then) {
        Taken.await(loop, this::isTaken, PATIENCE, then);
    }

    private boolean isTaken() {
        return pass == null && pending.isEmpty() && members.haveTaken();
    }

    /** As {@link #whenTaken(Runnable)}, of one that was greeted; it is waited for as long as its connection lives. */
    public static void whenTaken(Member member, Runnable then) {
        Taken.await(member.outlet().loop(), () -> Taken.by(member.outlet()), Long.MAX_VALUE / 2, then);
    }

    private void beginLater() {
        waiting = true;
        long wait = window.left(loop.nanoTime());
        if (wait <= 0) {
            loop.execute(this::begin);
        } else {
            windowEnd = loop.schedule(this::begin, wait);
        }
    }

    private void begin() {
        waiting = false;
        windowEnd = null;
        List<Outgoing> frames = pending;
        pending = new ArrayList<>();
        if (members.size() > 0) {
            Burst burst = burst(frames);
            if (burst != null) {
                pass = new Pass(burst, members.hold(), members.size());
                pass.run();
            }
        }
    }

    /** Null when memory ran out or a frame could not be written: then nobody here is owed anything any more. */
    private @Nullable Burst burst(List<Outgoing> frames) {
        try {
            return new Burst(frames, appended - frames.size(), members::has, members.allocator());
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("members", members.size())
                    .setCause(e)
                    .log("Frames of a room could not be made ready; its members on this loop are told to come back");
            int all = members.size();
            @Nullable Member[] concerned = members.hold();
            for (int i = 0; i < all; i++) {
                Objects.requireNonNull(concerned[i]).outlet().close(CloseCode.POSITION_LOST);
            }
            members.release();
            return null;
        }
    }

    private void ended(Pass ended) {
        members.release();
        long now = loop.nanoTime();
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
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but how soon others get their turn
    private static void letOthersRun() {
        Thread.yield();
    }

    /** One burst on its way through the members, a chunk for each task. */
    private final class Pass implements Runnable {
        private final Burst burst;
        private final @Nullable Member[] members;
        private final int served;
        private final long began = loop.nanoTime();
        private long written;
        private int next;

        Pass(Burst burst, @Nullable Member[] members, int served) {
            this.burst = burst;
            this.members = members;
            this.served = served;
        }

        @Override
        public void run() {
            int end = Math.min(served, next + settings.chunk());
            for (; next < end; next++) {
                Member member = members[next];
                if (member != null) {
                    write(member);
                }
            }
            if (next == served) {
                deliveries.add(written);
                burst.release();
                ended(this);
            } else {
                // Due at once, but behind the sockets. A loop runs what is executed on it for up to a second before it
                // reads, so what members of small rooms send would wait for the whole pass.
                loop.schedule(this, BEHIND_SOCKETS);
                letOthersRun();
            }
        }

        private void write(Member member) {
            try {
                written += burst.writeTo(member);
            } catch (RuntimeException | Error e) {
                lost(member, e);
            }
        }
    }
}
