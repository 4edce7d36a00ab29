package dev.sidestream.channel.redis.link;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LettuceFloorTest {

    @Test
    void theOneThatIsHereWillDo() {
        assertThatCode(LettuceFloor::require).doesNotThrowAnyException();
    }

    @Test
    void namesThePropertyWhenLettuceIsTooOld() {
        assertThatThrownBy(() -> LettuceFloor.require("6.8.2.RELEASE/a1b2c3d"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Lettuce is 6.8.2.RELEASE")
                .hasMessageContaining("7.0 or newer")
                .hasMessageContaining("lettuce.version");
    }

    @Test
    void letsNewerAndUnknownOnesPass() {
        for (String version : new String[] {"7.0.0.RELEASE", "7.5.2.RELEASE/5728917", "10.1", "main", "", null}) {
            assertThatCode(() -> LettuceFloor.require(version)).doesNotThrowAnyException();
        }
    }
}
