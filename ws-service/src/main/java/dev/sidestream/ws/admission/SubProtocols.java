package dev.sidestream.ws.admission;

import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.Dialects;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the dialect from the sub-protocols that a client offers, over all its headers and whatever the spaces. */
final class SubProtocols {

    private SubProtocols() {}

    /**
     * The mode of the first sub-protocol offered that is known.
     *
     * @param headers the values of all Sec-WebSocket-Protocol headers
     * @param full whether the route speaks the full protocol
     * @return null when something is offered and nothing of it is known
     */
    static @Nullable Dialect choose(List<String> headers, boolean full) {
        List<String> offered = new ArrayList<>();
        for (String header : headers) {
            for (String protocol : header.split(",", 0)) {
                if (!protocol.isBlank()) {
                    offered.add(protocol.strip());
                }
            }
        }
        if (offered.isEmpty()) {
            return Dialects.PLAIN;
        }
        return full && offered.contains(Dialects.FULL.subProtocol()) ? Dialects.FULL : null;
    }
}
