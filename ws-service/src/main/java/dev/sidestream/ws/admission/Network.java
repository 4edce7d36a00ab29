package dev.sidestream.ws.admission;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** A network in CIDR form. Never asks a name server. */
final class Network {

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    static Network parse(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] address = bytes(slash < 0 ? cidr : cidr.substring(0, slash));
        int max = address == null ? 0 : address.length * 8;
        int bits = slash < 0 ? max : length(cidr.substring(slash + 1));
        if (address == null || bits < 0 || bits > max) {
            throw new IllegalArgumentException("sidestream.proxy.trusted holds '" + cidr
                    + "', it takes networks like 10.0.0.0/8, fc00::/7 or 192.0.2.7");
        }
        return new Network(address, bits);
    }

    private static int length(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** The bytes of a numeric address; null when the text is none. */
    static byte @Nullable [] bytes(String address) {
        return NetUtil.createByteArrayFromIpAddressString(address);
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
