package dev.sidestream.ws.admission;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the visitor's address: the peer's own, or what a trusted proxy says in {@code X-Forwarded-For}. */
public final class ClientAddresses {

    static final String UNKNOWN = "unknown";

    private final TrustedNetworks trusted;

    public ClientAddresses(ProxyProperties settings) {
        trusted = new TrustedNetworks(settings.trusted());
    }

    /**
     * Where a request comes from.
     *
     * @param peer where the connection comes from; null when it has gone already
     * @param forwarded the values of all {@code X-Forwarded-For} headers, outermost first
     * @return a numeric address; what a proxy forwards beyond that is not believed
     */
    String of(@Nullable InetSocketAddress peer, List<String> forwarded) {
        if (peer == null || peer.getAddress() == null) {
            return UNKNOWN;
        }
        String address = peer.getAddress().getHostAddress();
        String[] hops = String.join(",", forwarded).split(",", 0);
        // From the nearest hop outwards: each is believed as long as the one that reported it is trusted.
        for (int i = hops.length - 1; i >= 0 && isTrusted(address); i--) {
            String hop = hops[i].strip();
            if (TrustedNetworks.address(hop) == null) {
                break;
            }
            address = hop;
        }
        return address;
    }

    private boolean isTrusted(String address) {
        InetAddress known = TrustedNetworks.address(address);
        return known != null && trusted.contain(known);
    }
}
