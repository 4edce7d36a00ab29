package dev.sidestream.ws.protocol;

/** How much of the protocol a connection speaks, chosen by the sub-protocol that it offered. */
public enum Mode {
    /** No sub-protocol: messages and nothing unsolicited. */
    PLAIN,
    /** {@link #SUBPROTOCOL}: welcome, acks, errors, gaps, resume. */
    FULL;

    /** The sub-protocol that a client offers to speak in full mode. */
    public static final String SUBPROTOCOL = "sidestream.v1.json";
}
