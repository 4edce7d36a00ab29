package dev.sidestream.e2e.history;

import dev.sidestream.channel.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one room, as its clients saw it: each publication with its outcome, and what each logical client received, a
 * client that reconnects being the same one. Safe for many threads.
 */
public final class History {

    private final Map<String, Published> published = new LinkedHashMap<>();
    private final Map<String, List<Seen>> clients = new LinkedHashMap<>();
    private long clock;

    /** A publication is sent for the first time. Its key is its payload and its cid, and unique. */
    public synchronized void invoked(String key) {
        if (published.put(key, new Published(key, clock++)) != null) {
            throw new IllegalArgumentException("Published before: " + key);
        }
    }

    /** A publication was acknowledged, maybe once more. */
    public synchronized void acknowledged(String key, String id) {
        Published publication = published.get(key);
        publication.acknowledgements.add(position(id));
        publication.acknowledgedAt = Math.min(publication.acknowledgedAt, clock++);
    }

    /** A publication was refused for good: it must not appear. Without this and without an acknowledgement it is unknown. */
    public synchronized void refused(String key) {
        published.get(key).refused = true;
    }

    /** A socket of the client begins; tail is the newest message at that moment, null in an empty room. */
    public synchronized void joined(String client, @Nullable String tail, boolean resumed) {
        seen(client, new Seen.Joined(clock++, tail == null ? null : position(tail), resumed));
    }

    /** The client was told that messages may be missing. */
    public synchronized void gap(String client, @Nullable String first, @Nullable String next) {
        seen(client, new Seen.Gap(first == null ? null : position(first), next == null ? null : position(next)));
    }

    /** The client received a message. */
    public synchronized void received(String client, String id, String key) {
        seen(client, new Seen.Received(position(id), key));
    }

    synchronized List<Published> published() {
        return List.copyOf(published.values());
    }

    synchronized Map<String, List<Seen>> clients() {
        Map<String, List<Seen>> copy = new LinkedHashMap<>();
        clients.forEach((client, seen) -> copy.put(client, List.copyOf(seen)));
        return copy;
    }

    private void seen(String client, Seen event) {
        clients.computeIfAbsent(client, name -> new ArrayList<>()).add(event);
    }

    private static Position position(String id) {
        Position position = Position.parse(id);
        if (position == null) {
            throw new IllegalArgumentException("No id of a position: " + id);
        }
        return position;
    }

    /** One publication; times are counts of events, in the order in which this process saw them. */
    static final class Published {

        final String key;
        final long invokedAt;
        final List<Position> acknowledgements = new ArrayList<>();
        long acknowledgedAt = Long.MAX_VALUE;
        boolean refused;

        Published(String key, long invokedAt) {
            this.key = key;
            this.invokedAt = invokedAt;
        }

        boolean isAcknowledged() {
            return !acknowledgements.isEmpty();
        }
    }

    /** One thing that a client saw. */
    sealed interface Seen {

        record Joined(long at, @Nullable Position tail, boolean resumed) implements Seen {}

        record Gap(@Nullable Position first, @Nullable Position next) implements Seen {}

        record Received(Position position, String key) implements Seen {}
    }
}
