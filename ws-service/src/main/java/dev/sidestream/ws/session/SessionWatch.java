package dev.sidestream.ws.session;

/**
 * Tells when sessions end, for as long as sockets stand on them. Many sockets of one session are one watch: calls are
 * counted by {@link SessionRef#resolver()} and {@link SessionRef#key()}.
 */
public interface SessionWatch {

    /** From now on the listener hears of this session. Never blocks. */
    void watch(SessionRef session);

    /** Takes back one {@link #watch}. */
    void unwatch(SessionRef session);

    /** Who hears of it. Called on a thread of the watch; must not block. */
    interface Listener {

        /** The session is over, or is somebody else's now. Called once per watched session. */
        void sessionEnded(SessionRef session, SessionEnd reason);

        /** The session ends soon unless the site extends it. */
        void sessionExpiring(SessionRef session, java.time.Duration left);

        /** The session store has been out of reach for longer than the grace of open sockets. */
        void sessionsUnverifiable();
    }
}
