package dev.sidestream.sessions;

import java.time.Duration;

/**
 * Tells when sessions end, for as long as sockets stand on them. Many sockets of one session are one watch: calls are
 * counted by {@link SessionRef#resolver()} and {@link SessionRef#key()}. Safe for use by many threads; never blocks.
 */
public interface SessionWatch {

    /** Watches nothing. */
    SessionWatch NONE = new SessionWatch() {
        @Override
        public void watch(SessionRef session) {}

        @Override
        public void unwatch(SessionRef session) {}

        @Override
        public void used(SessionRef session) {}
    };

    /**
     * From now on the listener hears of this session. One that lies in Redis is read once more at once, so that an end between
     * the handshake and this call is not missed. One that only the site knows is not: the site is asked again when {@code
     * sidestream.session.recheck} is over, and what it said up to {@code sidestream.session.cache} before the handshake holds
     * until then.
     */
    void watch(SessionRef session);

    /** Takes back one {@link #watch}. */
    void unwatch(SessionRef session);

    /** Its user has done something on a socket: the session is extended, if {@code sidestream.session.touch} says so. */
    void used(SessionRef session);

    /** Who hears of it. Called on a thread of the watch; must not block. */
    interface Listener {

        /**
         * Sockets may not stand on the session any longer; heard once per session, until it is watched anew.
         *
         * @param session with {@link SessionEnd#CHANGED} its fingerprint is the one of now, and sockets that were admitted with
         *     that one may stay
         */
        void sessionEnded(SessionRef session, SessionEnd reason);

        /** The session ends soon unless the site extends it; heard again, with a longer time, when it was extended. */
        void sessionExpiring(SessionRef session, Duration left);
    }
}
