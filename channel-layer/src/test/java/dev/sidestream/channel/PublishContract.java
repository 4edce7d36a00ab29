package dev.sidestream.channel;

import static dev.sidestream.channel.TwoLayers.get;
import static dev.sidestream.channel.TwoLayers.publication;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a channel layer must do with publications: one order for each room, without holes, and no cid twice. */
interface PublishContract extends TwoLayers {

    @Test
    default void countsWithoutHolesWithinAnEpoch() {
        List<Position> positions = publish("counted", 20);
        assertThat(positions)
                .extracting(Position::epoch)
                .containsOnly(positions.getFirst().epoch());
        assertThat(positions)
                .extracting(Position::seq)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> (long) i).toList());
        assertThat(positions).extracting(Position::entryId).doesNotHaveDuplicates();
        assertThat(positions.getFirst().epoch()).matches("[0-9A-Za-z]{1,32}");
        assertThat(Position.parse(positions.getLast().id())).isEqualTo(positions.getLast());
    }

    @Test
    default void givesConcurrentPublishersOneOrder() {
        List<Receipt> receipts = Flux.range(0, 400)
                .flatMap(i -> (i % 2 == 0 ? layer() : other()).publish("busy", publication(Integer.toString(i))), 64)
                .collectList()
                .block(PATIENCE);
        assertThat(receipts.stream()
                        .map(receipt -> receipt.position().seq())
                        .sorted()
                        .toList())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 400).mapToObj(i -> (long) i).toList());
    }

    @Test
    default void appendsNothingForACidThatWasAccepted() {
        Publication first = new Publication("alice", "1".getBytes(UTF_8), "c:{1}");
        Receipt accepted = get(layer().publish("dedup", first));
        assertThat(accepted.duplicate()).isFalse();
        Receipt again = get(other().publish("dedup", new Publication("alice", "2".getBytes(UTF_8), "c:{1}")));
        assertThat(again).isEqualTo(new Receipt(accepted.position(), true));
        assertThat(get(layer().publish("dedup", new Publication("bob", "3".getBytes(UTF_8), "c:{1}")))
                        .duplicate())
                .isFalse();
        assertThat(get(layer().publish("another", first)).duplicate()).isFalse();
        assertThat(page("dedup", null, null, 10)).containsExactly("1", "3");
    }

    @Test
    default void tellsTwoAuthorsOfOneNameApartByTheirIds() {
        Publication first = new Publication("Sam", "1".getBytes(UTF_8), "c", "7");
        assertThat(get(layer().publish("names", first)).duplicate()).isFalse();
        assertThat(get(other().publish("names", first)).duplicate()).isTrue();
        assertThat(get(layer().publish("names", new Publication("Sam", "2".getBytes(UTF_8), "c", "8")))
                        .duplicate())
                .isFalse();
        assertThat(get(layer().publish("names", new Publication("Sammy", "3".getBytes(UTF_8), "c", "7")))
                        .duplicate())
                .isTrue();
        assertThat(get(layer().publish("names", new Publication("7", "4".getBytes(UTF_8), "c")))
                        .duplicate())
                .isTrue();
        assertThat(get(other().history("names", null, null, 10)).publications())
                .extracting(stored ->
                        stored.publication().user() + " " + stored.publication().author())
                .containsExactly("Sam 7", "Sam 8");
    }

    @Test
    default void sendsNothingBeforeTheSubscription() {
        Mono<Receipt> cold = layer().publish("cold", publication("1"));
        assertThat(page("cold", null, null, 10)).isEmpty();
        get(cold);
        get(cold);
        assertThat(page("cold", null, null, 10)).hasSize(2);
    }
}
