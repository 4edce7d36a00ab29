package dev.sidestream.sessions;

/** What the credentials of a request proved. */
public sealed interface Authentication {

    /** Somebody's live login. */
    record Authenticated(User user, SessionRef session) implements Authentication {}

    /** No credentials, or a session in which nobody is logged in, or one that cannot be read. */
    record Anonymous() implements Authentication {}

    /** A session that was a login and has ended: logged out, expired, or marked as ended by the site. */
    record Expired() implements Authentication {}

    /** It could not be found out, because the session store did not answer. Never to be taken as "not logged in". */
    record Unavailable(String reason) implements Authentication {}
}
