package dev.sidestream.gateway.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoomLinkTest {

    @Test
    void encodesAllThatMeansSomethingInAPath() {
        RoomLink room = new RoomLink("a;b=c,d@e");

        assertThat(room.page()).isEqualTo("/rooms/a%3Bb%3Dc%2Cd%40e");
        assertThat(room.socket()).isEqualTo("/chat/a%3Bb%3Dc%2Cd%40e/");
    }

    @Test
    void knowsOneSpellingOfAName() {
        assertThat(RoomLink.parse("cafe\u0301")).isEqualTo(RoomLink.parse("caf\u00e9"));
    }

    @Test
    void refusesSegmentsThatMeanAPlaceInTheTree() {
        assertThat(RoomLink.parse(".")).isNull();
        assertThat(RoomLink.parse("..")).isNull();
        assertThat(RoomLink.parse("...")).isNotNull();
    }

    @Test
    void refusesConfiguredRoomsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomProperties(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RoomProperties(List.of("lobby", "a b")))
                .withMessageContaining("gateway.rooms")
                .withMessageContaining("a b");
    }
}
