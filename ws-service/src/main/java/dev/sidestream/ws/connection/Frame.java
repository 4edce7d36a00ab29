package dev.sidestream.ws.connection;

import java.nio.charset.StandardCharsets;

/**
 * One message of a client, put together from its fragments.
 *
 * @param bytes its payload; valid UTF-8 when it is text; must not be changed
 * @param binary whether it came as a binary message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(byte[] bytes, boolean binary) {

    /** The payload as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
