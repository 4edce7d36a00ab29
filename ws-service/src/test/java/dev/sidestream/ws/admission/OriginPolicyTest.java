package dev.sidestream.ws.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private final OriginPolicy policy =
            new OriginPolicy(new OriginProperties(List.of("https://Chat.Example.com:443", "http://localhost:8000")));

    @ParameterizedTest
    @ValueSource(strings = {"https://chat.example.com", "http://localhost:8000"})
    void letsTheListedOnesIn(String origin) {
        assertThat(policy.allows(List.of(origin), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://chat.example.com",
                "https://chat.example.com:8443",
                "https://chat.example.com.evil.test",
                "https://evil-chat.example.com",
                "https://evil.test/chat.example.com",
                "https://chat.example.com@evil.test",
                "HTTPS://CHAT.EXAMPLE.COM",
                "https://chat.example.com/",
                "https://chat.example.com, https://evil.test",
                "http://localhost",
                "http://localhost:80000",
                "http://127.0.0.1:8000",
                "https://chat.example.com "
            })
    void refusesWhatOnlyLooksLikeThem(String origin) {
        assertThat(policy.allows(List.of(origin), false)).isFalse();
        assertThat(policy.allows(List.of(origin), true)).isFalse();
    }

    @Test
    void refusesSeveralAndMissesNone() {
        assertThat(policy.allows(List.of("http://localhost:8000", "http://localhost:8000"), false))
                .isFalse();
        assertThat(policy.allows(List.of(), false)).isFalse();
        assertThat(policy.allows(List.of(), true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "chat.example.com", "https://chat.example.com/", "https://a b", "ftp://x", "https://u@h"})
    void doesNotStartWithWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> new OriginProperties(List.of(origin)))
                .hasMessageContaining("sidestream.origin.allowed")
                .hasMessageContaining(origin);
    }
}
