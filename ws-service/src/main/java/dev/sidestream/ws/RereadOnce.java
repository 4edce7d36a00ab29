package dev.sidestream.ws;

import dev.sidestream.ws.connection.NettyConnection;
import dev.sidestream.ws.endpoint.SecondLook;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.session.Authentication;
import dev.sidestream.ws.session.SessionAuthenticator;
import dev.sidestream.ws.session.SessionRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a session again after its connection was registered, and closes the connection if it has ended in between. */
final class RereadOnce implements SecondLook {

    private static final Logger log = LoggerFactory.getLogger(RereadOnce.class);

    private final SessionAuthenticator sessions;

    RereadOnce(SessionAuthenticator sessions) {
        this.sessions = sessions;
    }

    @Override
    public void at(NettyConnection connection, SessionRef session) {
        sessions.reread(session)
                .subscribe(
                        now -> judge(connection, session, now),
                        failure -> log.atWarn().setCause(failure).log("A session could not be read again"));
    }

    private static void judge(NettyConnection connection, SessionRef session, Authentication now) {
        switch (now) {
            case Authentication.Authenticated same -> {
                if (same.session().fingerprint() != session.fingerprint()) {
                    connection.close(CloseCode.FORBIDDEN);
                }
            }
            case Authentication.Anonymous ignored -> connection.close(CloseCode.LOGGED_OUT);
            case Authentication.Expired ignored -> connection.close(CloseCode.LOGGED_OUT);
            case Authentication.Unavailable ignored -> {} // it was valid a moment ago; what follows decides
        }
    }
}
