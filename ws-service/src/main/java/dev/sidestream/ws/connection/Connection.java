package dev.sidestream.ws.connection;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.scope.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One live socket, as its consumer sees it. Every method may be called from any thread and at any time; on a connection that
 * has ended they do nothing.
 */
public interface Connection {

    /** What was known when it opened. */
    Scope scope();

    /** What it speaks. */
    Dialect dialect();

    /** Its own address in the channel layer: unique, and reachable from every node and program. */
    String channel();

    /** Sends a text frame to this connection. Frames go out in the order of the calls of one thread. */
    void send(String text);

    /** Sends a frame of the protocol, if the connection's dialect is told of it. */
    void send(ServerFrame frame);

    /** Ends the connection with a code. Only the first call counts. */
    void close(CloseCode code);

    /**
     * Ends the connection and tells the client when to come back.
     *
     * @param retryAfter null when the code says it all
     */
    void close(CloseCode code, @Nullable Duration retryAfter);

    boolean isOpen();

    /**
     * To be called by a consumer when the user, not the program, has done something: keeps the login session alive, if
     * {@code sidestream.session.touch} says so.
     */
    void used();

    /** The same client, as the machinery of rooms knows it. */
    Outlet outlet();

    /** Makes this connection a member of a group until it leaves or ends. */
    default Mono<Void> join(String group) {
        return layer().groupAdd(group, channel());
    }

    /** Ends a membership. */
    default Mono<Void> leave(String group) {
        return layer().groupDiscard(group, channel());
    }

    /** Sends to any channel, group or room. */
    ChannelLayer layer();
}
