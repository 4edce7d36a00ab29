package dev.sidestream.ws.handshake;

import dev.sidestream.ws.protocol.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the mode from the sub-protocols that a client offers, over all its headers and whatever the spaces. */
final class SubProtocols {

    private SubProtocols() {}

    /**
     * @param headers the values of all Sec-WebSocket-Protocol headers
     * @param full whether the route speaks the full protocol
     * @return null when something is offered and nothing of it is known
     */
    static @Nullable Mode choose(List<String> headers, boolean full) {
        List<String> offered = new ArrayList<>();
        for (String header : headers) {
            for (String protocol : header.split(",")) {
                if (!protocol.isBlank()) {
                    offered.add(protocol.strip());
                }
            }
        }
        if (offered.isEmpty()) {
            return Mode.PLAIN;
        }
        return full && offered.contains(Mode.SUBPROTOCOL) ? Mode.FULL : null;
    }
}
