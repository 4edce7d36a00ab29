package dev.sidestream.ws.support;

import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.User;
import dev.sidestream.ws.connection.HeartbeatProperties;
import dev.sidestream.ws.connection.Loop;
import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.EncodedFrame;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.scope.Scope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client without a network: keeps the texts of all frames that it was sent. */
public final class RecordedOutlet implements Outlet {

    private final String user;
    private final Dialect dialect;
    private final LoopState loop;
    private final List<String> frames = new ArrayList<>();
    private @Nullable CloseCode closed;
    private @Nullable Error failure;

    public RecordedOutlet(String user, Dialect dialect, LoopState loop) {
        this.user = user;
        this.dialect = dialect;
        this.loop = loop;
    }

    /** What an event loop keeps, on a loop of the test's. */
    public static LoopState state(Loop loop) {
        return new LoopState(loop, new HeartbeatProperties(Duration.ofSeconds(25), 2));
    }

    /** The JSON of each text frame, oldest first. */
    public List<String> frames() {
        return frames;
    }

    /** From now on nothing can be written to it, and there is no memory for what could. */
    public void failWith(@Nullable Error with) {
        failure = with;
    }

    /** How it was closed; null while it is open. */
    public @Nullable CloseCode closed() {
        return closed;
    }

    /** Ends the connection from its client's side. */
    public void leave() {
        closed = CloseCode.NORMAL;
    }

    @Override
    public String channel() {
        return "test." + user;
    }

    @Override
    public Scope scope() {
        return new Scope(new User(user, user, Set.of()), "", "/", Map.of(), Map.of(), Map.of());
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public @Nullable SessionRef session() {
        return null;
    }

    @Override
    public LoopState loop() {
        return loop;
    }

    @Override
    public boolean isOpen() {
        return closed == null;
    }

    @Override
    public ByteBufAllocator allocator() {
        if (failure != null) {
            throw failure;
        }
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public boolean write(ByteBuf bytes) {
        if (isOpen()) {
            if (failure != null) {
                bytes.release();
                throw failure;
            }
            while (bytes.isReadable()) {
                bytes.skipBytes(1);
                int length = bytes.readUnsignedByte();
                int real = length < 126 ? length : length == 126 ? bytes.readUnsignedShort() : (int) bytes.readLong();
                frames.add(bytes.readCharSequence(real, StandardCharsets.UTF_8).toString());
            }
        }
        bytes.release();
        return isOpen();
    }

    @Override
    public boolean writeAndFlush(ByteBuf bytes) {
        return write(bytes);
    }

    @Override
    public void send(ServerFrame frame) {
        EncodedFrame encoded = dialect.write(frame);
        if (encoded != null) {
            write(encoded.toBuffer(allocator()));
        }
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void close(CloseCode code) {
        close(code, null);
    }

    @Override
    public void close(CloseCode code, @Nullable Duration retryAfter) {
        closed = closed == null ? code : closed;
    }
}
