package dev.sidestream.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionRefTest {

    private static final String ID = "0123456789abcdef0123";

    @Test
    void isOfTheIdThatItsKeyInRedisEndsWith() {
        assertThat(with("spring:session:sessions:" + ID).isOf(ID)).isTrue();
        assertThat(with("spring:session:sessions:" + ID + "4").isOf(ID)).isFalse();
        assertThat(with("authorization:Token " + ID).isOf(ID)).isTrue();
    }

    @Test
    void isOfTheIdThatAnyOfItsCookiesHolds() {
        assertThat(with("cookie:theme=dark; sid=" + ID + "; zone=1").isOf(ID)).isTrue();
        assertThat(with("cookie:sid=\"" + ID + "\";theme=dark").isOf(ID)).isTrue();
        assertThat(with("cookie:sid=" + ID).isOf(ID)).isTrue();
        assertThat(with("cookie:" + ID + "=1; theme=dark").isOf(ID)).isFalse();
        assertThat(with("cookie:sid=" + ID + "4; theme=dark").isOf(ID)).isFalse();
    }

    private static SessionRef with(String key) {
        return new SessionRef("any", key, 1, null);
    }
}
