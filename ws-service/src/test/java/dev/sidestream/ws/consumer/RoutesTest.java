package dev.sidestream.ws.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private final Routes routes = new Routes(List.of(
            ConsumerRoute.of("/chat/{room}/echo/{word}", GreetingConsumer::new),
            ConsumerRoute.of("/chat/", GreetingConsumer::new),
            ConsumerRoute.of("/chat/{room}/", GreetingConsumer::new)));

    @ParameterizedTest
    @CsvSource({
        "/chat/lobby/, lobby",
        "/chat/a_-=@.;1/, a_-=@.;1",
        "/chat/a%3Bb%2Cc/, 'a;b,c'",
        "/chat/%E8%81%8A%E5%A4%A9%E5%AE%A4/, 聊天室",
        "/chat/e%CC%81/, é"
    })
    void readsTheNameOfARoomWhole(String path, String room) {
        assertThat(routes.match(path))
                .isNotNull()
                .satisfies(match -> assertThat(match.room()).isEqualTo(room));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chat/a%2Fb/",
                "/chat/%00/",
                "/chat/a%20b/",
                "/chat/%zz/",
                "/chat/%7Bp1%7D/",
                "/chat/a:b/",
                "/chat/*/",
                "/",
                ""
            })
    void matchesNothingThatIsNoRoom(String path) {
        assertThat(routes.match(path)).isNull();
    }

    @Test
    void decodesTheOtherVariablesToo() {
        assertThat(routes.match("/chat/lobby/echo/a%2Fb"))
                .isNotNull()
                .satisfies(match -> assertThat(match.variables()).isEqualTo(Map.of("room", "lobby", "word", "a/b")));
    }
}
