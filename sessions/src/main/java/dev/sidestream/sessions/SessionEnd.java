package dev.sidestream.sessions;

/** Why sockets may not stand on a session any longer. */
public enum SessionEnd {
    /** The site ended it, or it changed its id. */
    LOGGED_OUT,
    /** Its time ran out. */
    EXPIRED,
    /** It lives, but with another identity or other roles. */
    CHANGED,
    /** Its store has been out of reach for longer than the grace of open sockets. It says nothing about the login. */
    UNVERIFIABLE
}
