package dev.sidestream.ws.connection;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/**
 * What one event loop keeps for all its connections, so that none of them needs a timer or a task of its own: the sockets
 * to flush at the end of the turn, the wheel of pings, and the closes that await the peer. Confined to its event loop.
 */
public final class LoopState {

    /** How long a peer may take to answer our close frame; reading the queue in front of it counts. */
    private static final long CLOSE_WAIT = TimeUnit.SECONDS.toNanos(10);

    private final EventLoop loop;
    private final int unanswered;
    private final ArrayList<NettyConnection> dirty = new ArrayList<>();
    private final ArrayList<ArrayList<NettyConnection>> wheel;
    private final ArrayDeque<Closing> closing = new ArrayDeque<>();
    private boolean flushing;
    private boolean ticking;
    private int hand;
    private int population;

    LoopState(EventLoop loop, HeartbeatProperties heartbeat) {
        this.loop = loop;
        this.unanswered = heartbeat.unanswered();
        int seconds = (int) heartbeat.interval().toSeconds();
        this.wheel = new ArrayList<>(seconds);
        for (int i = 0; i < seconds; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    /** The loop that this state belongs to, and the only thread that may touch it. */
    public EventLoop loop() {
        return loop;
    }

    /** Flushes this socket at the end of the turn, once for all that is written until then. */
    void flushLater(NettyConnection connection) {
        dirty.add(connection);
        if (!flushing) {
            flushing = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        for (NettyConnection connection : dirty) {
            connection.flushNow();
        }
        dirty.clear();
    }

    /** Gives the connection its place on the wheel: pinged a whole interval from now, then each interval. */
    void enter(NettyConnection connection) {
        population++;
        ArrayList<NettyConnection> bucket = wheel.get(hand);
        connection.placeOnWheel(hand, bucket.size());
        bucket.add(connection);
        startTicking();
    }

    void leave(NettyConnection connection) {
        population--;
        ArrayList<NettyConnection> bucket = wheel.get(connection.wheelBucket());
        NettyConnection last = bucket.removeLast();
        if (last != connection) {
            bucket.set(connection.wheelSlot(), last);
            last.placeOnWheel(connection.wheelBucket(), connection.wheelSlot());
        }
    }

    /** Cuts the connection off unless its peer has answered our close frame by then. */
    void awaitClose(NettyConnection connection) {
        closing.add(new Closing(connection, loop.ticker().nanoTime() + CLOSE_WAIT));
        startTicking();
    }

    private void startTicking() {
        if (!ticking) {
            ticking = true;
            loop.schedule(this::tick, 1, TimeUnit.SECONDS);
        }
    }

    private void tick() {
        hand = (hand + 1) % wheel.size();
        // Backwards, because a connection that is closed here leaves the bucket and the last one takes its slot.
        ArrayList<NettyConnection> bucket = wheel.get(hand);
        for (int i = bucket.size() - 1; i >= 0; i--) {
            Heartbeat.beat(bucket.get(i), unanswered);
        }
        long now = loop.ticker().nanoTime();
        Closing next;
        while ((next = closing.peek()) != null && next.deadline() - now <= 0) {
            closing.remove();
            next.connection().cutOff();
        }
        ticking = population > 0 || !closing.isEmpty();
        if (ticking) {
            loop.schedule(this::tick, 1, TimeUnit.SECONDS);
        }
    }

    private record Closing(NettyConnection connection, long deadline) {}
}
