package dev.sidestream.ws.endpoint;

import dev.sidestream.ws.connection.NettyConnection;
import dev.sidestream.ws.session.SessionRef;

/**
 * Checks a session once more after its connection was made, so that a logout between the check and the registration is not
 * missed.
 */
@FunctionalInterface
public interface SecondLook {

    /** Closes the connection if its session is over. Never blocks. */
    void at(NettyConnection connection, SessionRef session);
}
