package dev.sidestream.bench.lab;

/** A measurement could not be made; the message says what to do. */
public final class LabException extends RuntimeException {

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
