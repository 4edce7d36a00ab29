package dev.sidestream.e2e.history;

import dev.sidestream.channel.Position;
import dev.sidestream.e2e.history.History.Published;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a {@link History} in linear time. Call it when every client has had the time to receive the tail.
 *
 * <p>It holds that every acknowledged publication was received by every client that had joined, unless that client was told of a
 * gap there (else <em>lost</em>); that nothing appears twice, be it a publication or its cid (<em>doubled</em>); that seq rises
 * by one within an epoch, and that what was acknowledged before another was sent stands before it (<em>reordered</em>); that
 * nobody is moved on without a gap (<em>silent</em>); and that all agree on what stands where, and that nothing appears
 * that was not published or was refused (<em>phantoms</em>).
 */
public final class HistoryChecker {

    private final List<Published> published;
    private final Map<String, Published> byKey;
    private final List<ClientView> views;
    private final List<String> phantoms = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> reordered = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();

    private HistoryChecker(History history) {
        published = history.published();
        byKey = published.stream()
                .collect(Collectors.toMap(publication -> publication.key, publication -> publication));
        views = history.clients().entrySet().stream()
                .map(client -> new ClientView(client.getKey(), client.getValue()))
                .toList();
    }

    /** The verdict, with the seed of the run so that it can be repeated. */
    public static Verdict check(History history, long seed) {
        return new HistoryChecker(history).verdict(seed);
    }

    private Verdict verdict(long seed) {
        views.forEach(this::take);
        agreement();
        onePositionEach();
        realTimeOrder();
        lost();
        return new Verdict(
                seed,
                published.size(),
                (int) published.stream().filter(Published::isAcknowledged).count(),
                views.stream().mapToInt(view -> view.handled().size()).sum(),
                views.stream().mapToInt(ClientView::repeated).sum(),
                views.stream().mapToInt(ClientView::gaps).sum(),
                lost,
                doubled,
                reordered,
                silent,
                phantoms);
    }

    private void take(ClientView view) {
        doubled.addAll(view.doubled());
        reordered.addAll(view.reordered());
        silent.addAll(view.silent());
    }

    /** All clients see the same at one place, and only what was published. */
    private void agreement() {
        Map<Place, Position> positions = new HashMap<>();
        Map<Position, String> keys = new HashMap<>();
        for (ClientView view : views) {
            view.handled().forEach((position, key) -> {
                Published publication = byKey.get(key);
                if (publication == null || (publication.refused && !publication.isAcknowledged())) {
                    phantoms.add(key + " at " + position.id());
                }
                Position other = positions.putIfAbsent(new Place(position.epoch(), position.seq()), position);
                if (other != null && !other.equals(position)) {
                    phantoms.add(position.id() + " and " + other.id() + " claim one place");
                }
                String otherKey = keys.putIfAbsent(position, key);
                if (otherKey != null && !otherKey.equals(key)) {
                    phantoms.add(key + " and " + otherKey + " both at " + position.id());
                }
            });
        }
    }

    /** However often it was sent and acknowledged, a publication stands in one place, or in none. */
    private void onePositionEach() {
        Map<String, Set<Position>> places = new HashMap<>();
        published.forEach(publication ->
                places.computeIfAbsent(publication.key, key -> new HashSet<>()).addAll(publication.acknowledgements));
        views.forEach(view -> view.handled()
                .forEach((position, key) ->
                        places.computeIfAbsent(key, k -> new HashSet<>()).add(position)));
        places.forEach((key, positions) -> {
            if (positions.size() > 1) {
                doubled.add(key + " stands at "
                        + positions.stream().map(Position::id).toList());
            }
        });
    }

    /** What was acknowledged before another was sent has the lower seq, where both are of one epoch. */
    private void realTimeOrder() {
        PriorityQueue<Published> pending =
                new PriorityQueue<>(Comparator.comparingLong(publication -> publication.acknowledgedAt));
        Map<String, Position> highest = new HashMap<>();
        for (Published next : published) {
            while (!pending.isEmpty() && pending.peek().acknowledgedAt < next.invokedAt) {
                Position done = pending.poll().acknowledgements.getFirst();
                highest.merge(done.epoch(), done, (a, b) -> a.seq() > b.seq() ? a : b);
            }
            if (next.isAcknowledged()) {
                Position position = next.acknowledgements.getFirst();
                Position before = highest.get(position.epoch());
                if (before != null && before.seq() >= position.seq()) {
                    reordered.add(
                            next.key + " at " + position.id() + " was sent after " + before.id() + " was accepted");
                }
                pending.add(next);
            }
        }
    }

    private void lost() {
        for (Published publication : published) {
            for (Position position : publication.acknowledgements) {
                for (ClientView view : views) {
                    if (view.owes(position, publication.acknowledgedAt) && !view.handled(position)) {
                        lost.add(publication.key + " at " + position.id() + " never reached " + view.name());
                    }
                }
            }
        }
    }

    private record Place(String epoch, long seq) {}
}
