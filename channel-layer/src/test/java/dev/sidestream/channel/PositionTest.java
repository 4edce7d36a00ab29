package dev.sidestream.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void readsItsIdBack() {
        Position position = new Position("abc123", 42, "1795543809458-7");
        assertThat(position.id()).isEqualTo("1795543809458-7.42.abc123");
        assertThat(Position.parse(position.id())).isEqualTo(position);
        assertThat(Position.parse("1-0." + ((1L << 53) - 1) + ".e")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1-0",
                "1-0.1",
                "1-0.1.",
                "1-0.00.e",
                "1-0.-1.e",
                "1-0.01.e",
                "1-0.9007199254740992.e",
                "1-0.9223372036854775808.e",
                "1.1.e",
                "+-.1.e",
                "1-0.1.e e",
                "1-0.1.e\n",
                "1-0.1.é",
                "$.1.e",
                "1-0.1e3.e",
                "１-0.1.e",
                "1-0.1.0123456789012345678901234567890123"
            })
    void refusesWhatItCannotHaveWritten(String id) {
        assertThat(Position.parse(id)).isNull();
    }
}
