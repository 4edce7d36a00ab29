package dev.sidestream.ws.connection;

import dev.sidestream.channel.Message;
import dev.sidestream.ws.protocol.CloseCode;
import reactor.core.publisher.Mono;

/**
 * Who handles one connection. Called on the connection's event loop, never for two things at once: the next call waits for
 * the Mono of the one before, and reading from the socket pauses meanwhile. An error ends the connection with 1011.
 */
public interface ConnectionListener {

    /** The socket is open; nothing was read yet. */
    Mono<Void> connected(Connection connection);

    /** A message of the client. */
    Mono<Void> received(Connection connection, Frame frame);

    /** A message through the channel layer, to this channel or to a group that it is in. */
    Mono<Void> messaged(Connection connection, Message message);

    /**
     * The socket has ended. Called at that moment, also while the consumer is busy, for what must be given back at once; exactly
     * once, before {@link #disconnected}.
     */
    default void socketEnded() {}

    /**
     * The last call, exactly once: when all that was received is worked off, or has been cancelled because it took longer than
     * {@link ConsumerProperties#grace}. Its Mono is cancelled when it takes as long again.
     */
    Mono<Void> disconnected(Connection connection, CloseCode code);
}
