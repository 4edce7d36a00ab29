package dev.sidestream.ws.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.Position;
import org.junit.jupiter.api.Test;

class ContinuityTest {

    private static final Position LAST = new Position("e", 7, "100-5");

    @Test
    void theNextNumberOfTheEpochFollows() {
        assertThat(Continuity.of(LAST, new Position("e", 8, "100-6"))).isEqualTo(Continuity.NEXT);
        assertThat(Continuity.of(null, new Position("e", 1, "100-0"))).isEqualTo(Continuity.NEXT);
    }

    @Test
    void whatWasReadBeforeIsSeen() {
        assertThat(Continuity.of(LAST, LAST)).isEqualTo(Continuity.SEEN);
        assertThat(Continuity.of(LAST, new Position("e", 6, "99-9"))).isEqualTo(Continuity.SEEN);
    }

    @Test
    void holesOtherEpochsAndReusedNumbersAreBroken() {
        assertThat(Continuity.of(LAST, new Position("e", 9, "101-0"))).isEqualTo(Continuity.BROKEN);
        assertThat(Continuity.of(LAST, new Position("f", 8, "101-0"))).isEqualTo(Continuity.BROKEN);
        assertThat(Continuity.of(LAST, new Position("e", 7, "101-0"))).isEqualTo(Continuity.BROKEN);
        assertThat(Continuity.of(LAST, new Position("e", 3, "100-10"))).isEqualTo(Continuity.BROKEN);
        assertThat(Continuity.of(null, new Position("e", 2, "100-0"))).isEqualTo(Continuity.BROKEN);
    }
}
