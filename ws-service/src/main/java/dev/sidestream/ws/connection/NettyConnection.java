package dev.sidestream.ws.connection;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.FrameWriter;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import dev.sidestream.ws.session.SessionRef;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live socket: writes to it, and ends it. What comes in from it is the business of its {@link FrameIntake}, what its
 * consumer has to do that of its {@link Work}.
 *
 * <p>State is confined to the channel's event loop except where a field says otherwise. What may wait for the socket is
 * bounded ({@link QueueBound}): a write beyond it closes the connection as too slow. Written bytes are flushed once, at the
 * end of the loop's turn.
 */
public final class NettyConnection implements Connection {

    private static final Logger log = LoggerFactory.getLogger(NettyConnection.class);

    private enum State {
        OPEN,
        /** Our close frame is written; we wait for the peer's. */
        CLOSING,
        CLOSED
    }

    private final ConnectionEnv env;
    private final Channel netty;
    private final LoopState loop;
    private final Scope scope;
    private final Mode mode;
    private final @Nullable SessionRef session;
    private final Work work;
    private final Mailbox mailbox;
    private final FrameIntake intake;
    private volatile State state = State.OPEN;
    private CloseCode code = CloseCode.ABNORMAL;
    private @Nullable ChannelHandlerContext ctx;
    private int wheelBucket;
    private int wheelSlot;
    private boolean dirty;
    private boolean started;

    /** Its {@link #handler} must be added to the channel's pipeline afterwards, on its event loop. */
    public NettyConnection(
            ConnectionEnv env,
            Channel netty,
            Scope scope,
            Mode mode,
            @Nullable SessionRef session,
            ConnectionListener listener) {
        this.env = env;
        this.netty = netty;
        this.loop = env.loops().of(netty.eventLoop());
        this.scope = scope;
        this.mode = mode;
        this.session = session;
        this.work = new Work(this, listener);
        this.mailbox = env.layer().open(message -> loop.loop().execute(() -> work.add(message)));
        this.intake = new FrameIntake(this);
        QueueBound.set(netty, env.limits());
    }

    // ---- what a consumer sees

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public String channel() {
        return mailbox.channel();
    }

    @Override
    public ChannelLayer layer() {
        return env.layer();
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public void used() {
        if (session != null) {
            env.registry().used(session);
        }
    }

    @Override
    public void send(String text) {
        sendBytes(WireFrames.text(text));
    }

    @Override
    public void send(ServerFrame frame) {
        byte[] bytes = FrameWriter.write(frame, mode);
        if (bytes != null) {
            sendBytes(bytes);
        }
    }

    private void sendBytes(byte[] frame) {
        if (loop.loop().inEventLoop()) {
            write(Unpooled.wrappedBuffer(frame));
        } else {
            loop.loop().execute(() -> write(Unpooled.wrappedBuffer(frame)));
        }
    }

    @Override
    public void close(CloseCode code) {
        close(code, null);
    }

    @Override
    public void close(CloseCode code, @Nullable Duration retryAfter) {
        if (loop.loop().inEventLoop()) {
            beginClose(code, retryAfter);
        } else {
            loop.loop().execute(() -> beginClose(code, retryAfter));
        }
    }

    // ---- what the fan-out sees

    /** The state of the event loop that this connection lives on. */
    public LoopState loop() {
        return loop;
    }

    /** The login session that it stands on; null when it needs none. */
    public @Nullable SessionRef session() {
        return session;
    }

    /** Where buffers for its channel come from. */
    public ByteBufAllocator allocator() {
        return netty.alloc();
    }

    /** Bytes written and not yet taken by the operating system. May be called from any thread. */
    public long queuedBytes() {
        return QueueBound.queued(netty, env.limits());
    }

    /**
     * Writes bytes of whole frames, to be flushed at the end of the turn. Releases the buffer in every case. Must be called on
     * the event loop.
     *
     * @return false when the connection is not open, or was too slow and is being closed now
     */
    public boolean write(ByteBuf frames) {
        boolean written = writeOnly(frames);
        if (written) {
            flushLater();
        }
        return written;
    }

    /**
     * As {@link #write}, and flushes at once, unless a flush is due at the end of the turn for what was written before. For
     * passes over many connections, whose state is then touched once each while the processor has it at hand.
     */
    public boolean writeAndFlush(ByteBuf frames) {
        boolean written = writeOnly(frames);
        if (written && !dirty && ctx != null) {
            ctx.flush();
        }
        return written;
    }

    private boolean writeOnly(ByteBuf frames) {
        ChannelHandlerContext open = ctx;
        if (state != State.OPEN || open == null) {
            frames.release();
            return false;
        }
        if (!netty.isWritable()) {
            frames.release();
            beginClose(CloseCode.SLOW_CONSUMER, Duration.ofSeconds(1));
            return false;
        }
        open.write(frames, open.voidPromise());
        return true;
    }

    private void flushLater() {
        if (!dirty) {
            dirty = true;
            loop.flushLater(this);
        }
    }

    void flushNow() {
        dirty = false;
        if (ctx != null) {
            ctx.flush();
        }
    }

    // ---- life

    /** What stands for it in the channel's pipeline, behind Netty's frame decoder; always the same. */
    public ChannelHandler handler() {
        return intake;
    }

    /** Its handler has its place in the pipeline, from where it writes. */
    void attached(ChannelHandlerContext added) {
        ctx = added;
    }

    /** Begins its life, when the upgrade is complete and the handler is in the pipeline. On the event loop, once. */
    public void start() {
        loop.enter(this);
        env.registry().add(this);
        env.metrics().opened(mode);
        started = true;
        if (netty.isActive()) {
            work.connect();
        } else {
            ended();
        }
    }

    private void beginClose(CloseCode with, @Nullable Duration retryAfter) {
        ChannelHandlerContext open = ctx;
        if (state != State.OPEN || open == null) {
            return;
        }
        state = State.CLOSING;
        code = with;
        Farewell.write(open, mode, with, retryAfter);
        flushLater();
        work.drop();
        netty.config().setAutoRead(true);
        loop.awaitClose(this);
    }

    /** Its close frame came: the answer to ours, or the first. */
    void peerCloses(int status) {
        ChannelHandlerContext open = ctx;
        if (state != State.OPEN || open == null) {
            netty.close();
            return;
        }
        code = Farewell.codeOf(status);
        state = State.CLOSING;
        work.stopReceiving();
        loop.awaitClose(this); // it may never take our answer
        Farewell.answer(open, status);
    }

    /** The peer had its time to answer our close frame. */
    void cutOff() {
        if (state != State.CLOSED) {
            netty.close();
        }
    }

    /** The channel is closed, by whomever. No effect before {@link #start}, which looks itself, and the second time. */
    void ended() {
        if (state == State.CLOSED || !started) {
            return;
        }
        state = State.CLOSED;
        mailbox.close();
        loop.leave(this);
        env.registry().remove(this);
        env.metrics().closed(mode, code);
        work.disconnect(code);
    }

    // ---- what its intake, its work and its heartbeat need

    FrameIntake intake() {
        return intake;
    }

    LimitsProperties limits() {
        return env.limits();
    }

    void received(Frame frame) {
        work.add(frame);
    }

    /** A message found too many waiting before it. */
    void dropped() {
        env.metrics().dropped();
    }

    /** The consumer failed. */
    void failed(Throwable cause) {
        log.atError()
                .addKeyValue("connection", channel())
                .addKeyValue("path", scope.path())
                .setCause(cause)
                .log("A consumer failed; its connection is closed with 1011");
        beginClose(CloseCode.INTERNAL_ERROR, null);
    }

    /** Whether the socket is read, or left alone while the consumer is busy. */
    void setReading(boolean reading) {
        netty.config().setAutoRead(reading);
    }

    boolean isReading() {
        return netty.config().isAutoRead();
    }

    // ---- the wheel of the loop

    void placeOnWheel(int bucket, int slot) {
        wheelBucket = bucket;
        wheelSlot = slot;
    }

    int wheelBucket() {
        return wheelBucket;
    }

    int wheelSlot() {
        return wheelSlot;
    }
}
