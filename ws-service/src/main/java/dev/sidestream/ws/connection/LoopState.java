package dev.sidestream.ws.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one event loop keeps for all its connections, so that none of them needs a timer or a task of its own: the sockets
 * to flush at the end of the turn, the wheel of pings, and the closes that await the peer. Confined to its event loop, apart from
 * what a {@link Loop} may be asked for from any thread.
 */
public final class LoopState implements Loop {

    private static final Logger log = LoggerFactory.getLogger(LoopState.class);

    /** How long a peer may take to answer our close frame; reading the queue in front of it counts. */
    private static final long CLOSE_WAIT = TimeUnit.SECONDS.toNanos(10);

    /** Ticks that a peer has for its answer to a ping, or an interval of the heartbeat where that is shorter. */
    private static final int PONG_TICKS = 5;

    private static final long TICK = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private ArrayList<LoopMember> dirty = new ArrayList<>();
    /** Is {@link #dirty} in the next turn; null while it is being flushed. */
    private @Nullable ArrayList<LoopMember> spare;

    private final ArrayList<ArrayList<LoopMember>> wheel;
    private final ArrayDeque<Closing> closing = new ArrayDeque<>();
    private boolean flushing;
    private boolean ticking;
    private int hand;
    private int population;

    public LoopState(Loop loop, HeartbeatProperties heartbeat) {
        this.loop = loop;
        int seconds = (int) heartbeat.interval().toSeconds();
        this.wheel = new ArrayList<>(seconds);
        for (int i = 0; i < seconds; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(Runnable task, long nanos) {
        return loop.schedule(task, nanos);
    }

    @Override
    public boolean isInside() {
        return loop.isInside();
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    /** Flushes this socket at the end of the turn, once for all that is written until then. */
    public void flushLater(LoopMember connection) {
        dirty.add(connection);
        if (!flushing) {
            flushing = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        // A flush may end a connection, whose farewell is then due at the end of the next turn: in a list of its own.
        ArrayList<LoopMember> due = dirty;
        dirty = spare == null ? new ArrayList<>() : spare;
        spare = null;
        for (LoopMember connection : due) {
            alone(connection, LoopMember::flush);
        }
        due.clear();
        spare = due;
    }

    /** What one connection does wrong ends that one and nobody else. */
    private static void alone(LoopMember connection, Consumer<LoopMember> action) {
        try {
            action.accept(connection);
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("A connection failed on its event loop and is cut off");
            connection.cutOff();
        }
    }

    /** Gives the connection its place on the wheel: pinged a whole interval from now, then each interval. */
    public void enter(LoopMember connection) {
        population++;
        ArrayList<LoopMember> bucket = wheel.get(hand);
        connection.placeOnWheel(place(hand, bucket.size()));
        bucket.add(connection);
        startTicking();
    }

    /** Takes it from the wheel. */
    public void leave(LoopMember connection) {
        population--;
        long place = connection.placeOnWheel();
        ArrayList<LoopMember> bucket = wheel.get((int) (place >>> Integer.SIZE));
        LoopMember last = bucket.removeLast();
        if (!last.equals(connection)) {
            bucket.set((int) place, last);
            last.placeOnWheel(place);
        }
    }

    private static long place(int bucket, int slot) {
        return (long) bucket << Integer.SIZE | slot;
    }

    /** Cuts the connection off unless its peer has answered our close frame by then. */
    public void awaitClose(LoopMember connection) {
        closing.add(new Closing(connection, loop.nanoTime() + CLOSE_WAIT));
        startTicking();
    }

    private void startTicking() {
        if (!ticking) {
            ticking = true;
            loop.schedule(this::tick, TICK);
        }
    }

    private void tick() {
        try {
            turn();
        } finally {
            ticking = population > 0 || !closing.isEmpty();
            if (ticking) {
                loop.schedule(this::tick, TICK);
            }
        }
    }

    private void turn() {
        hand = (hand + 1) % wheel.size();
        int pinged = Math.floorMod(hand - Math.min(PONG_TICKS, wheel.size()), wheel.size());
        backwards(wheel.get(pinged), LoopMember::beatOver);
        backwards(wheel.get(hand), LoopMember::beat);
        long now = loop.nanoTime();
        Closing next;
        while ((next = closing.peek()) != null && next.deadline() - now <= 0) {
            closing.remove();
            next.connection().cutOff();
        }
    }

    /** Backwards, because a connection that is closed here leaves the bucket and the last one takes its slot. */
    private static void backwards(List<LoopMember> bucket, Consumer<LoopMember> action) {
        for (int i = bucket.size() - 1; i >= 0; i = Math.min(i, bucket.size()) - 1) {
            alone(bucket.get(i), action);
        }
    }

    private record Closing(LoopMember connection, long deadline) {}
}
