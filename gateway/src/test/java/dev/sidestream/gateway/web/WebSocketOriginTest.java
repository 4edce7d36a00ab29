package dev.sidestream.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketOriginTest {

    @Test
    void isThePagesOwnUnlessSet() {
        assertThat(new WebSocketOrigin(" ").isOfPage()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ws://localhost:8081, ws://localhost:8081",
        "http://localhost:8081/, ws://localhost:8081",
        "https://node.example.org, wss://node.example.org"
    })
    void isAnOriginOfSockets(String given, String origin) {
        assertThat(new WebSocketOrigin(given).websocketOrigin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8081", "/chat", "ws://localhost/chat", "ftp://x", "ws://x?y", "ws://u:p@x", "ws://x y"
            })
    void refusesAllElse(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebSocketOrigin(given))
                .withMessageContaining("gateway.websocket-origin");
    }
}
