package dev.sidestream.ws.consumer;

import dev.sidestream.channel.Message;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.ErrorCode;
import dev.sidestream.ws.protocol.ServerFrame;
import reactor.core.publisher.Mono;

/**
 * The code that handles one connection: connect, receive, disconnect. There is one consumer for each connection, so it may
 * keep state in fields.
 *
 * <p>Calls come one after the other, each after the Mono of the one before has ended, on the connection's event loop: a
 * consumer never sees two frames at once, and must not block; what takes time goes into the returned Mono. While one runs, the
 * socket is not read. An exception or an error in the Mono closes the connection with 1011.
 *
 * <p>What was received before the socket ended still reaches the consumer. What is not done {@code sidestream.consumer.grace}
 * after that end is cancelled, and what waits behind it is dropped.
 */
public interface Consumer {

    /** The socket is open. Nothing was received yet. */
    default Mono<Void> connect(Connection connection) {
        return Mono.empty();
    }

    /** The client sent something. */
    Mono<Void> receive(Connection connection, Frame frame);

    /** Somebody sent a message to this connection's channel, or to a group that it has joined. */
    default Mono<Void> message(Connection connection, Message message) {
        return Mono.empty();
    }

    /**
     * The connection has ended; the last call, exactly once. Nothing can be sent any more. Cancelled when it takes longer than
     * {@code sidestream.consumer.grace}.
     */
    default Mono<Void> disconnect(Connection connection, CloseCode code) {
        return Mono.empty();
    }

    /** Whether binary frames reach {@link #receive}; when not, one closes the connection with 1003. */
    default boolean acceptsBinary() {
        return false;
    }

    /** The client sent more than {@code sidestream.limits.rate} allows; this frame does not reach {@link #receive}. */
    default void tooFast(Connection connection, Frame frame) {
        connection.send(ServerFrame.Failure.of(ErrorCode.RATE_LIMITED));
    }
}
