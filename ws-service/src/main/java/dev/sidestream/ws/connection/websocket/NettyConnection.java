package dev.sidestream.ws.connection.websocket;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.ConnectionListener;
import dev.sidestream.ws.connection.LoopMember;
import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.connection.Unpromised;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.EncodedFrame;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import dev.sidestream.ws.scope.Scope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One live socket: writes to it, and ends it. What comes in from it is the business of its {@link FrameIntake}, what its
 * consumer has to do that of its {@link ConsumerQueue}.
 *
 * <p>State is confined to the channel's event loop except where a field says otherwise. What may wait for the socket is
 * bounded ({@link QueueBound}): a write beyond it closes the connection as too slow. Written bytes are flushed once, at the
 * end of the loop's turn.
 */
public final class NettyConnection implements Connection, Outlet, LoopMember {

    private enum State {
        OPEN,
        /** Our close frame is written; we wait for the peer's. */
        CLOSING,
        CLOSED
    }

    private final ConnectionServices services;
    private final Channel netty;
    private final LoopState loop;
    private final Scope scope;
    private final Dialect dialect;
    private final @Nullable SessionRef session;
    private final ConsumerQueue work;
    private final FrameIntake intake;
    private final SocketWriter writer;
    private volatile State state = State.OPEN;
    private CloseCode code = CloseCode.ABNORMAL;
    private long wheelPlace;
    private boolean started;

    /** Next its {@link #handler} is added to the channel's pipeline, on its event loop, and {@link #start} or {@link #discard} called. */
    public NettyConnection(
            ConnectionServices services,
            Channel netty,
            Scope scope,
            Dialect dialect,
            @Nullable SessionRef session,
            ConnectionListener listener) {
        this.services = services;
        this.netty = netty;
        this.loop = services.loops().of(netty.eventLoop());
        this.scope = scope;
        this.dialect = dialect;
        this.session = session;
        this.work = new ConsumerQueue(this, listener);
        this.intake = new FrameIntake(this, work);
        this.writer = new SocketWriter(netty);
        QueueBound.set(netty, services.limits());
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String channel() {
        return work.channel();
    }

    @Override
    public ChannelLayer layer() {
        return services.layer();
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public void used() {
        if (session != null) {
            services.registry().used(session);
        }
    }

    @Override
    public void send(String text) {
        byte[] frame = WireFrames.text(text);
        loop.atOnce(() -> write(Unpooled.wrappedBuffer(frame)));
    }

    @Override
    public void send(ServerFrame frame) {
        EncodedFrame encoded = dialect.write(frame);
        if (encoded != null) {
            loop.atOnce(() -> write(encoded.toBuffer(netty.alloc())));
        }
    }

    @Override
    public Outlet outlet() {
        return this;
    }

    @Override
    public void close(CloseCode code) {
        close(code, null);
    }

    @Override
    public void close(CloseCode code, @Nullable Duration retryAfter) {
        loop.atOnce(() -> beginClose(code, retryAfter));
    }

    @Override
    public LoopState loop() {
        return loop;
    }

    @Override
    public @Nullable SessionRef session() {
        return session;
    }

    @Override
    public ByteBufAllocator allocator() {
        return netty.alloc();
    }

    @Override
    public long queuedBytes() {
        return QueueBound.queued(netty, services.limits());
    }

    @Override
    public boolean write(ByteBuf frames) {
        return write(frames, false);
    }

    @Override
    public boolean writeAndFlush(ByteBuf frames) {
        return write(frames, true);
    }

    private boolean write(ByteBuf frames, boolean now) {
        if (state != State.OPEN) {
            frames.release();
            return false;
        }
        SocketWriter.Outcome outcome = writer.write(frames);
        if (outcome == SocketWriter.Outcome.FULL) {
            beginClose(CloseCode.SLOW_CONSUMER, Duration.ofSeconds(1));
        } else if (outcome == SocketWriter.Outcome.WRITTEN && now) {
            writer.flushUnlessDue();
        } else if (outcome == SocketWriter.Outcome.WRITTEN) {
            writer.flushLater(loop, this);
        }
        return outcome == SocketWriter.Outcome.WRITTEN;
    }

    @Override
    public void flush() {
        writer.flush();
    }

    /** What stands for it in the channel's pipeline, behind Netty's frame decoder; always the same. */
    public ChannelHandler handler() {
        return intake;
    }

    void attached(ChannelHandlerContext added) {
        writer.attach(added);
    }

    /** Begins its life, when the upgrade is complete and the handler is in the pipeline. On the event loop, once. */
    public void start() {
        started = true; // first, so that whatever fails below is taken back when the channel closes
        loop.enter(this);
        services.metrics().opened(dialect);
        services.registry().add(this);
        if (netty.isActive()) {
            work.connect();
        } else {
            ended();
        }
    }

    /** Gives back what it holds, when it could not be started. Closing the channel does so for one that was. */
    public void discard() {
        if (!started) {
            state = State.CLOSED;
            work.discard();
        }
    }

    private void beginClose(CloseCode with, @Nullable Duration retryAfter) {
        ChannelHandlerContext open = writer.context();
        if (state != State.OPEN || open == null) {
            return;
        }
        state = State.CLOSING;
        code = with;
        Farewell.write(open, dialect, with, retryAfter);
        writer.flushLater(loop, this);
        work.drop();
        netty.config().setAutoRead(true);
        loop.awaitClose(this);
    }

    /** Its close frame came, the answer to ours or the first of the two, whose status is allowed. */
    void peerCloses(int status) {
        ChannelHandlerContext open = writer.context();
        if (state != State.OPEN || open == null) {
            flush(); // ours may have to go out first
            Unpromised.close(netty);
            return;
        }
        code = Farewell.codeOf(status);
        state = State.CLOSING;
        work.stopReceiving();
        loop.awaitClose(this); // it may never take our answer
        Farewell.answer(open, status);
    }

    @Override
    public void cutOff() {
        if (state != State.CLOSED) {
            Unpromised.close(netty);
        }
    }

    /** The channel is closed, by whomever. No effect before {@link #start}, which looks itself, and the second time. */
    void ended() {
        if (state == State.CLOSED || !started) {
            return;
        }
        state = State.CLOSED;
        loop.leave(this);
        services.registry().remove(this);
        services.metrics().closed(dialect, code);
        work.disconnect(code);
    }

    ConnectionServices services() {
        return services;
    }

    /** Whether the socket is read stands here; it is left alone while the consumer is busy. */
    ChannelConfig socket() {
        return netty.config();
    }

    @Override
    public void beat() {
        Heartbeat.beat(this, intake, netty, work.hasBacklog());
    }

    @Override
    public void beatOver() {
        Heartbeat.over(this, intake, services.heartbeat().unanswered());
    }

    @Override
    public void placeOnWheel(long place) {
        wheelPlace = place;
    }

    @Override
    public long placeOnWheel() {
        return wheelPlace;
    }
}
