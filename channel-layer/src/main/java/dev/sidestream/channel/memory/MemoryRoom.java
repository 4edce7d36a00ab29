package dev.sidestream.channel.memory;

import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.StoredPublication;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One room: its history and the cids it remembers. Not safe for use by many threads. */
final class MemoryRoom {

    private static final int HISTORY_LENGTH = 1_000;
    private static final Duration DEDUP_WINDOW = Duration.ofMinutes(10);

    private final String epoch;
    private final Clock clock;
    private final List<StoredPublication> history = new ArrayList<>();
    private final Map<List<String>, StoredPublication> byCid = new HashMap<>();
    private long seq;

    MemoryRoom(String epoch, Clock clock) {
        this.epoch = epoch;
        this.clock = clock;
    }

    Receipt publish(Publication publication) {
        long now = clock.millis();
        byCid.values().removeIf(first -> now - first.timestamp() > DEDUP_WINDOW.toMillis());
        List<String> key = key(publication);
        StoredPublication first = byCid.get(key);
        if (first != null) {
            return new Receipt(first.position(), true);
        }
        seq++;
        Position position = new Position(epoch, seq, now + "-" + seq);
        StoredPublication stored = new StoredPublication(position, now, publication);
        history.add(stored);
        if (history.size() > HISTORY_LENGTH) {
            history.removeFirst();
        }
        if (!key.isEmpty()) {
            byCid.put(key, stored);
        }
        return new Receipt(position, false);
    }

    /** Empty for a publication without a cid, which is never put. */
    private static List<String> key(Publication publication) {
        String author = publication.author() == null ? "" : publication.author();
        return publication.cid() == null ? List.of() : List.of(author, publication.cid());
    }

    HistoryPage page(@Nullable Position from, @Nullable Position to, int limit) {
        List<StoredPublication> found = history.stream()
                .filter(stored -> from == null || stored.position().seq() > from.seq())
                .filter(stored -> to == null || stored.position().seq() < to.seq())
                .toList();
        boolean more = found.size() > limit;
        if (!more) {
            return new HistoryPage(found, false);
        }
        boolean forward = from != null && to == null;
        int start = forward ? 0 : found.size() - limit;
        return new HistoryPage(found.subList(start, start + limit), true);
    }
}
