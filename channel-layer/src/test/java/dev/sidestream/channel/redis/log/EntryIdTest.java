package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntryIdTest {

    private static final List<String> IN_ORDER = List.of(
            "0-0", "0-1", "1-0", "9-0", "10-0", "10-1", "10-9", "10-10", "1764018000000-0", "18446744073709551615-0");

    @Test
    void comparesByNumber() {
        for (int i = 0; i < IN_ORDER.size(); i++) {
            for (int j = 0; j < IN_ORDER.size(); j++) {
                String one = IN_ORDER.get(i);
                String other = IN_ORDER.get(j);
                assertThat(Integer.signum(EntryId.compare(one, other)))
                        .as(one + " and " + other)
                        .isEqualTo(Integer.compare(i, j));
                assertThat(EntryId.isBefore(one.getBytes(US_ASCII), other.getBytes(US_ASCII)))
                        .isEqualTo(i < j);
            }
        }
    }

    @Test
    void zeroIsBeforeEveryEntry() {
        assertThat(EntryId.isBefore(EntryId.ZERO, "0-1".getBytes(US_ASCII))).isTrue();
    }
}
