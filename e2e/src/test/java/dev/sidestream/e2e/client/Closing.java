package dev.sidestream.e2e.client;

/**
 * How a connection ended.
 *
 * @param code of the close frame; 1005 when that had none, 1006 when there was no close frame
 * @param reason of the close frame, or what went wrong
 */
public record Closing(int code, String reason) {

    static final int NO_CODE = 1005;
    static final int NO_FRAME = 1006;
}
