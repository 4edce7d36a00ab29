package dev.sidestream.e2e.client;

/** A handshake that was answered by something else than an upgrade. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(HandshakeAnswer answer) {
        super("The handshake was answered with " + answer.status() + " " + answer.body());
        this.status = answer.status();
    }

    public int status() {
        return status;
    }
}
