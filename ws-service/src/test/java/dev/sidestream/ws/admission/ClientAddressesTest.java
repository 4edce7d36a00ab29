package dev.sidestream.ws.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {

    private final ClientAddresses addresses = new ClientAddresses(new ProxyProperties(List.of("10.0.0.0/8", "::1")));

    @Test
    void believesATrustedProxy() {
        assertThat(addresses.of(peer("10.1.2.3"), List.of("203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(addresses.of(peer("10.1.2.3"), List.of("203.0.113.9, 10.9.9.9")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void believesNobodyElse() {
        assertThat(addresses.of(peer("203.0.113.1"), List.of("198.51.100.7"))).isEqualTo("203.0.113.1");
        assertThat(addresses.of(peer("10.1.2.3"), List.of("198.51.100.7, 203.0.113.9")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void keepsThePeerWhenTheHeaderIsNoAddress() {
        assertThat(addresses.of(peer("10.1.2.3"), List.of("localhost"))).isEqualTo("10.1.2.3");
        assertThat(addresses.of(peer("10.1.2.3"), List.of())).isEqualTo("10.1.2.3");
        assertThat(addresses.of(null, List.of("1.2.3.4"))).isEqualTo("unknown");
    }

    @Test
    void doesNotStartWithWhatIsNoNetwork() {
        assertThatThrownBy(() -> new ClientAddresses(new ProxyProperties(List.of("10.0.0.0/64"))))
                .hasMessageContaining("sidestream.proxy.trusted")
                .hasMessageContaining("10.0.0.0/64");
    }

    private static InetSocketAddress peer(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 4711);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
