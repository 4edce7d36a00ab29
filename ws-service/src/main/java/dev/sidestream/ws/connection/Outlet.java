package dev.sidestream.ws.connection;

import dev.sidestream.sessions.SessionRef;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.scope.Scope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client as delivery, registry, drain and logout know it, whatever it is connected with. What may wait for it is bounded in
 * bytes: a write beyond the bound ends it as too slow.
 *
 * <p>{@link #write} and {@link #writeAndFlush} are for its event loop alone; everything else may be called from any thread, at any
 * time, and does nothing on one that has ended.
 */
public interface Outlet {

    /** Its own address in the channel layer: unique, and reachable from every node and program. */
    String channel();

    /** What was known when it opened. */
    Scope scope();

    /** What it speaks. */
    Dialect dialect();

    /** The login session that it stands on; null when it needs none. */
    @Nullable
    SessionRef session();

    /** The event loop that it lives on. */
    LoopState loop();

    boolean isOpen();

    /** Where buffers for it come from. */
    ByteBufAllocator allocator();

    /**
     * Writes bytes of whole frames, to be flushed at the end of the turn. Releases the buffer in every case.
     *
     * @return false when it is not open, or was too slow and is being closed now
     */
    boolean write(ByteBuf frames);

    /**
     * As {@link #write}, and flushes at once, unless a flush is due at the end of the turn for what was written before. For
     * passes over many connections, whose state is then touched once each while the processor has it at hand.
     */
    boolean writeAndFlush(ByteBuf frames);

    /** Sends a frame, if its dialect is told of it. */
    void send(ServerFrame frame);

    /** Bytes written and not yet taken by the operating system. */
    long queuedBytes();

    /** Ends it with a code. Only the first call counts. */
    void close(CloseCode code);

    /**
     * Ends it and tells the client when to come back.
     *
     * @param retryAfter null when the code says it all
     */
    void close(CloseCode code, @Nullable Duration retryAfter);
}
