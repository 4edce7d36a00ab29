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

    /** The last call, exactly once. */
    Mono<Void> disconnected(Connection connection, CloseCode code);
}
