package dev.sidestream.ws.logout;

import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionWatch;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.ServerFrame;
import java.time.Duration;

/** Closes all of this node's connections of a session when it is over. Safe for use by many threads; never blocks. */
public final class SessionCloser implements SessionWatch.Listener {

    /** When to come back after Redis was away; clients spread themselves over as long again. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ConnectionRegistry registry;

    public SessionCloser(ConnectionRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void sessionEnded(SessionRef session, SessionEnd reason) {
        for (Outlet connection : registry.ofSession(session)) {
            switch (reason) {
                case LOGGED_OUT -> connection.close(CloseCode.LOGGED_OUT);
                case EXPIRED -> connection.close(CloseCode.SESSION_EXPIRED);
                case CHANGED -> closeIfAnother(connection, session);
                case UNVERIFIABLE -> connection.close(CloseCode.OVERLOADED, RETRY);
            }
        }
    }

    /** Who was admitted as what the session says now may stay. */
    private static void closeIfAnother(Outlet connection, SessionRef now) {
        SessionRef then = connection.session();
        if (then == null || then.fingerprint() != now.fingerprint()) {
            connection.close(CloseCode.FORBIDDEN);
        }
    }

    @Override
    public void sessionExpiring(SessionRef session, Duration left) {
        ServerFrame ending = new ServerFrame.SessionEnding(left);
        registry.ofSession(session).forEach(connection -> connection.send(ending));
    }
}
