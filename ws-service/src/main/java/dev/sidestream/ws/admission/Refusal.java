package dev.sidestream.ws.admission;

import dev.sidestream.ws.protocol.CloseCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every reason for which a handshake is refused, with its HTTP status and the close code that a client in full mode gets
 * instead, because a browser's script cannot see the status of a failed handshake. The name is the metric's tag.
 */
public enum Refusal {
    MALFORMED(400, null, "this is not a WebSocket handshake of version 13, or its query is malformed"),
    UNKNOWN_SUBPROTOCOL(400, null, "none of the offered sub-protocols is known"),
    NO_SESSION(401, CloseCode.NOT_SIGNED_IN, "not signed in"),
    SESSION_EXPIRED(401, CloseCode.SESSION_EXPIRED, "the session has ended"),
    ORIGIN(403, null, "this origin is not allowed, see sidestream.origin.allowed"),
    FORBIDDEN(403, CloseCode.FORBIDDEN, "you may not enter here"),
    NO_ROUTE(404, null, "there is nothing here"),
    CHECK_FAILED(500, null, "whether you may enter could not be decided; the log of the server says why"),
    TOO_MANY_FROM_ADDRESS(429, null, "too many connections from this address"),
    TOO_MANY_HANDSHAKES(429, null, "too many handshakes"),
    NODE_FULL(503, null, "this node is full"),
    DRAINING(503, null, "this node is restarting"),
    LOG_UNAVAILABLE(503, null, "this node cannot hear messages right now"),
    SESSIONS_UNAVAILABLE(503, null, "sessions cannot be checked right now");

    private final int status;
    private final @Nullable CloseCode close;
    private final String text;

    Refusal(int status, @Nullable CloseCode close, String text) {
        this.status = status;
        this.close = close;
        this.text = text;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** What a client in full mode is told after an upgrade; null when it gets the status like all others. */
    public @Nullable CloseCode close() {
        return close;
    }

    /** Fixed text for people. */
    public String text() {
        return text;
    }

    /** The body of the answer: one line. */
    public String body() {
        return tag() + ": " + text + "\n";
    }

    /** Seconds after which another try may succeed; 0 when none will by itself. */
    public int retryAfter() {
        return switch (this) {
            case TOO_MANY_FROM_ADDRESS, NODE_FULL -> 10;
            case TOO_MANY_HANDSHAKES, DRAINING -> 1;
            case LOG_UNAVAILABLE, SESSIONS_UNAVAILABLE -> 2;
            case MALFORMED,
                    UNKNOWN_SUBPROTOCOL,
                    NO_SESSION,
                    SESSION_EXPIRED,
                    ORIGIN,
                    FORBIDDEN,
                    NO_ROUTE,
                    CHECK_FAILED -> 0;
        };
    }

    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
