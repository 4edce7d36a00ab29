package dev.sidestream.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** What the parts of the contract are held against, and the words in which they are written. */
interface TwoLayers {

    Duration PATIENCE = Duration.ofSeconds(20);

    ChannelLayer layer();

    /** Shares with the first what is sent; may be the same object where there is one node only. */
    ChannelLayer other();

    static <T> T get(Mono<T> mono) {
        T value = mono.block(PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    static void run(Mono<Void> mono) {
        mono.block(PATIENCE);
    }

    static Message message(String body) {
        return new Message("test", body);
    }

    static Publication publication(String json) {
        return Publication.of("alice", json);
    }

    static String json(StoredPublication stored) {
        return new String(stored.publication().json(), UTF_8);
    }

    default List<Position> publish(String room, int count) {
        List<Position> positions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            positions.add(
                    get(layer().publish(room, publication(Integer.toString(i)))).position());
        }
        return positions;
    }

    default List<String> page(String room, Position from, Position to, int limit) {
        return get(layer().history(room, from, to, limit)).publications().stream()
                .map(TwoLayers::json)
                .toList();
    }
}
