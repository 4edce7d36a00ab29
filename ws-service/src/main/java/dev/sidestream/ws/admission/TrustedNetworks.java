package dev.sidestream.ws.admission;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks of {@code sidestream.proxy.trusted}. Never asks a name server. Immutable. */
final class TrustedNetworks {

    private final List<IpSubnetFilterRule> networks;

    TrustedNetworks(List<String> cidrs) {
        networks = cidrs.stream().map(TrustedNetworks::parse).toList();
    }

    private static IpSubnetFilterRule parse(String cidr) {
        int slash = cidr.indexOf('/');
        InetAddress address = address(slash < 0 ? cidr : cidr.substring(0, slash));
        int most = address == null ? 0 : address.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? most : length(cidr.substring(slash + 1));
        if (address == null || bits < 0 || bits > most) {
            throw new IllegalArgumentException("sidestream.proxy.trusted holds '" + cidr
                    + "', it takes networks like 10.0.0.0/8, fc00::/7 or 192.0.2.7");
        }
        return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
    }

    private static int length(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** A numeric address; null when the text is none. */
    static @Nullable InetAddress address(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text);
    }

    boolean contain(InetAddress address) {
        InetSocketAddress peer = new InetSocketAddress(address, 0);
        return networks.stream().anyMatch(network -> network.matches(peer));
    }
}
