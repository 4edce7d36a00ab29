package dev.sidestream.ws.protocol;

/**
 * Every way in which a socket ends: the one home of the codes, also the tag of the metric. 40xx tells the client to stop, 41xx
 * to back off, 42xx to come back at once; 1012 and 1013 to come back as hinted. Codes below 3000 are those of RFC 6455 section
 * 7.4.1 and its registry.
 */
public enum CloseCode {
    NORMAL(1000, "closed", Reaction.RECONNECT),
    GOING_AWAY(1001, "going away", Reaction.RECONNECT),
    PROTOCOL_ERROR(1002, "protocol error", Reaction.BACK_OFF),
    UNSUPPORTED_DATA(1003, "text only", Reaction.BACK_OFF),
    INVALID_TEXT(1007, "invalid UTF-8", Reaction.BACK_OFF),
    TOO_BIG(1009, "too big", Reaction.BACK_OFF),
    INTERNAL_ERROR(1011, "internal error", Reaction.BACK_OFF),
    DRAINING(1012, "restarting", Reaction.BACK_OFF),
    OVERLOADED(1013, "try again later", Reaction.BACK_OFF),
    NO_SUCH_ROOM(4001, "no such room", Reaction.STOP),
    FORBIDDEN(4003, "forbidden", Reaction.STOP),
    NOT_SIGNED_IN(4009, "not signed in", Reaction.STOP),
    SESSION_EXPIRED(4010, "session expired", Reaction.STOP),
    LOGGED_OUT(4011, "logged out", Reaction.STOP),
    KICKED(4012, "disconnected by the site", Reaction.STOP),
    ABUSE(4014, "protocol abuse", Reaction.STOP),
    REPLACED(4015, "replaced by a newer connection", Reaction.STOP),
    NODE_FULL(4100, "node is full", Reaction.BACK_OFF),
    RATE_LIMITED(4101, "too many messages", Reaction.BACK_OFF),
    SLOW_CONSUMER(4108, "reading too slowly", Reaction.BACK_OFF),
    RECONNECT(4200, "reconnect", Reaction.AT_ONCE),
    NO_PONG(4201, "no pong", Reaction.AT_ONCE),
    POSITION_LOST(4203, "position lost", Reaction.AT_ONCE),
    /** Never sent: the peer vanished without a close frame (RFC 6455, 7.1.5). */
    ABNORMAL(1006, "abnormal", Reaction.RECONNECT);

    /** What a client does after it. */
    public enum Reaction {
        STOP,
        BACK_OFF,
        AT_ONCE,
        RECONNECT
    }

    private final int code;
    private final String reason;
    private final Reaction reaction;

    CloseCode(int code, String reason, Reaction reaction) {
        this.code = code;
        this.reason = reason;
        this.reaction = reaction;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Fixed text for the close frame, well below the 123 bytes of RFC 6455 section 5.5. */
    public String reason() {
        return reason;
    }

    public Reaction reaction() {
        return reaction;
    }
}
