package dev.sidestream.ws.support;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handshake that was answered with something else than an upgrade. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    Refused(int status, Map<String, String> headers, String body) {
        super(status + " " + body.strip());
        this.status = status;
        this.headers = headers;
    }

    public int status() {
        return status;
    }

    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }
}
