package dev.sidestream.sessions.format;

/** Bytes that are not what they should be. Says why in one word and carries none of the bytes, so it may be logged. */
public final class UnreadableException extends Exception {

    private final Reason reason;

    /** Why bytes could not be read. */
    public enum Reason {
        /** Another format, or a variant of it that is not supported. */
        FORMAT,
        /** They end too early. */
        TRUNCATED,
        /** More than 64 KiB. */
        TOO_LARGE,
        /** More than 32 levels. */
        TOO_DEEP,
        /** More than 5,000 nodes. */
        TOO_MANY_NODES
    }

    public UnreadableException(Reason reason) {
        // Thrown for hostile input too, where a stack trace would be the costliest part.
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
