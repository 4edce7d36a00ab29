package dev.sidestream.ws.session;

/** Why a watched session is over. */
public enum SessionEnd {
    /** The site ended it, or it changed its id. */
    LOGGED_OUT,
    /** Its time ran out. */
    EXPIRED,
    /** It lives, but with another identity or other roles. */
    CHANGED,
    /** An operator or the site's backend revoked it. */
    REVOKED
}
