package dev.sidestream.ws.connection;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.ws.limits.TokenBucket;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.FrameReader;
import dev.sidestream.ws.protocol.FrameWriter;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import dev.sidestream.ws.session.SessionRef;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one handler of ours on a live socket, behind Netty's frame decoder: puts frames together, hands them to the
 * {@link ConnectionListener} one at a time, and writes.
 *
 * <p>State is confined to the channel's event loop except where a field says otherwise. What may wait for the socket is
 * bounded by the channel's high water mark ({@code sidestream.limits.queue}): a write beyond it closes the connection as too
 * slow. Written bytes are flushed once, at the end of the loop's turn.
 */
public final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {

    private static final Logger log = LoggerFactory.getLogger(NettyConnection.class);

    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(WireFrames.ping()));

    /** Frames of any kind per second that no honest client reaches, as a multiple of the message rate. */
    private static final int FLOOD_FACTOR = 10;

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
    private volatile State state = State.OPEN;
    private CloseCode code = CloseCode.ABNORMAL;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Fragments fragments;
    private @Nullable TokenBucket flood;
    private int wheelBucket;
    private int wheelSlot;
    private int unansweredPings;
    private boolean dirty;
    private boolean started;

    /** Must be added to the channel's pipeline afterwards, on its event loop. */
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
        int high = (int) env.limits().queue().toBytes();
        netty.config().setWriteBufferWaterMark(new WriteBufferWaterMark(high / 2, high));
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
        long bound = env.limits().queue().toBytes();
        // Netty counts the byte with which the channel becomes unwritable, too.
        return netty.isWritable() ? Math.max(0, bound + 1 - netty.bytesBeforeUnwritable()) : bound;
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

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
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

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        ended();
    }

    private void beginClose(CloseCode with, @Nullable Duration retryAfter) {
        ChannelHandlerContext open = ctx;
        if (state != State.OPEN || open == null) {
            return;
        }
        state = State.CLOSING;
        code = with;
        // Straight to the channel: a slow reader's farewell must not be judged by the bound that it has broken.
        byte[] bye = FrameWriter.write(new ServerFrame.Bye(with, retryAfter), mode);
        if (bye != null) {
            open.write(Unpooled.wrappedBuffer(bye), open.voidPromise());
        }
        String reason = retryAfter == null ? with.reason() : "retry=" + Math.max(1, retryAfter.toSeconds());
        open.write(Unpooled.wrappedBuffer(WireFrames.close(with.code(), reason)), open.voidPromise());
        flushLater();
        work.drop();
        netty.config().setAutoRead(true);
        loop.awaitClose(this);
    }

    /** The peer had its time to answer our close frame. */
    void cutOff() {
        if (state != State.CLOSED) {
            netty.close();
        }
    }

    private void ended() {
        if (state == State.CLOSED || !started) {
            return;
        }
        state = State.CLOSED;
        fragments = null;
        mailbox.close();
        loop.leave(this);
        env.registry().remove(this);
        env.metrics().closed(mode, code);
        work.disconnect(code);
    }

    // ---- frames in

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        unansweredPings = 0;
        try {
            if (message instanceof CloseWebSocketFrame close) {
                peerCloses(reading, close);
            } else if (state == State.OPEN && message instanceof WebSocketFrame frame && !isFlood()) {
                received(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private boolean isFlood() {
        long now = System.nanoTime();
        if (flood == null) {
            int burst = env.limits().burst() * FLOOD_FACTOR;
            flood = new TokenBucket((double) env.limits().rate() * FLOOD_FACTOR, burst, now);
        }
        if (flood.tryTake(now)) {
            return false;
        }
        beginClose(CloseCode.RATE_LIMITED, Duration.ofSeconds(10));
        return true;
    }

    private void received(WebSocketFrame frame) {
        switch (frame) {
            case PingWebSocketFrame ping ->
                write(Unpooled.wrappedBuffer(WireFrames.pong(Fragments.bytes(ping.content()))));
            case PongWebSocketFrame ignored -> {}
            case ContinuationWebSocketFrame more -> continued(more);
            case TextWebSocketFrame text -> begun(text, false);
            case BinaryWebSocketFrame binary -> begun(binary, true);
            default -> beginClose(CloseCode.PROTOCOL_ERROR, null);
        }
    }

    private void begun(WebSocketFrame frame, boolean binary) {
        if (frame.isFinalFragment()) {
            complete(new Frame(Fragments.bytes(frame.content()), binary));
        } else {
            fragments = new Fragments(frame.content(), binary);
        }
    }

    private void continued(ContinuationWebSocketFrame frame) {
        Fragments begun = fragments;
        if (begun == null) {
            beginClose(CloseCode.PROTOCOL_ERROR, null);
            return;
        }
        int maxBytes = (int) env.limits().frame().toBytes();
        if (!begun.append(frame.content(), maxBytes, env.limits().fragments())) {
            fragments = null;
            beginClose(CloseCode.TOO_BIG, null);
        } else if (frame.isFinalFragment()) {
            fragments = null;
            complete(begun.whole());
        }
    }

    private void complete(Frame frame) {
        if (!frame.binary() && !FrameReader.isValidText(frame.bytes())) {
            beginClose(CloseCode.INVALID_TEXT, null);
        } else {
            work.add(frame);
        }
    }

    private void peerCloses(ChannelHandlerContext reading, CloseWebSocketFrame close) {
        int status = close.statusCode();
        if (state == State.OPEN) {
            code = status == CloseCode.GOING_AWAY.code() ? CloseCode.GOING_AWAY : CloseCode.NORMAL;
            state = State.CLOSING;
            work.stopReceiving();
            loop.awaitClose(this); // it may never take our answer
            byte[] echo = WireFrames.close(status == -1 ? CloseCode.NORMAL.code() : status, "");
            reading.writeAndFlush(Unpooled.wrappedBuffer(echo)).addListener(ChannelFutureListener.CLOSE);
        } else {
            netty.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted ->
                beginClose(
                        switch (corrupted.closeStatus().code()) {
                            case 1007 -> CloseCode.INVALID_TEXT;
                            case 1009 -> CloseCode.TOO_BIG;
                            default -> CloseCode.PROTOCOL_ERROR;
                        },
                        null);
            case TooLongFrameException ignored -> beginClose(CloseCode.TOO_BIG, null);
            case IOException ignored -> netty.close(); // the peer is gone; channelInactive follows
            default -> {
                log.atError()
                        .addKeyValue("connection", channel())
                        .setCause(cause)
                        .log("A socket failed");
                beginClose(CloseCode.INTERNAL_ERROR, null);
            }
        }
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

    void beat(int allowed) {
        if (state != State.OPEN) {
            return;
        }
        if (unansweredPings >= allowed) {
            beginClose(CloseCode.NO_PONG, null);
            return;
        }
        // While the consumer is busy, nothing is read, and so no pong either.
        unansweredPings = netty.config().isAutoRead() ? unansweredPings + 1 : 0;
        write(PING.duplicate());
        if (mode == Mode.FULL) {
            send(new ServerFrame.Ping());
        }
    }
}
