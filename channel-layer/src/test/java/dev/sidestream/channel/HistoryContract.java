package dev.sidestream.channel;

import static dev.sidestream.channel.TwoLayers.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a channel layer must tell of a room: who said what and when, page by page. */
interface HistoryContract extends TwoLayers {

    /** Of no room. */
    Position NOWHERE = new Position("e0", 1, "1-0");

    @Test
    default void keepsWhoSaidWhatWhen() {
        Publication anonymous = new Publication(null, "{\"a\":1}".getBytes(UTF_8), null);
        Position first = get(layer().publish("kept", anonymous)).position();
        Position second = get(layer().publish("kept", new Publication("Zoë", "[]".getBytes(UTF_8), "c1")))
                .position();
        List<StoredPublication> stored =
                get(other().history("kept", null, null, 10)).publications();
        assertThat(stored).extracting(StoredPublication::position).containsExactly(first, second);
        assertThat(stored).extracting(s -> s.publication().user()).containsExactly(null, "Zoë");
        assertThat(stored).extracting(s -> s.publication().cid()).containsExactly(null, "c1");
        assertThat(stored).extracting(TwoLayers::json).containsExactly("{\"a\":1}", "[]");
        assertThat(Duration.ofMillis(
                        Math.abs(System.currentTimeMillis() - stored.getFirst().timestamp())))
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    default void pagesHistoryWithBothEndsExclusive() {
        List<Position> at = publish("paged", 10);
        assertThat(page("paged", null, null, 3)).containsExactly("8", "9", "10");
        assertThat(page("paged", at.get(2), null, 3)).containsExactly("4", "5", "6");
        assertThat(page("paged", null, at.get(5), 3)).containsExactly("3", "4", "5");
        assertThat(page("paged", at.get(2), at.get(5), 10)).containsExactly("4", "5");
        assertThat(page("paged", at.get(9), null, 3)).isEmpty();
        assertThat(page("paged", null, at.get(0), 3)).isEmpty();
        assertThat(get(layer().history("paged", at.get(2), null, 3)).more()).isTrue();
        assertThat(get(layer().history("paged", at.get(6), null, 3)).more()).isFalse();
        assertThat(get(layer().history("paged", null, at.get(5), 3)).more()).isTrue();
        assertThat(get(layer().history("paged", null, at.get(3), 3)).more()).isFalse();
    }

    @Test
    default void hasNoHistoryOfARoomThatDoesNotExist() {
        assertThat(get(layer().history("unborn", null, null, 10))).isEqualTo(new HistoryPage(List.of(), false));
        assertThat(get(layer().history("unborn", NOWHERE, null, 10)).publications())
                .isEmpty();
    }
}
