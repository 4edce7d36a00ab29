package dev.sidestream.e2e.history;

import dev.sidestream.channel.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows one logical client through its events: what it handled after dropping what it had seen, where its order was broken, and
 * which stretches of the room it may rely on having seen whole.
 */
final class ClientView {

    private final String client;
    private final Map<Position, String> handled = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<String> reordered = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private @Nullable Stretch current;
    private @Nullable Position announced;
    private boolean anywhere;
    private boolean joined;
    private long joinedAt;
    private int gaps;

    /** The position that the last gap gave to go on from. */
    private @Nullable Position beyond;

    private int repeated;

    ClientView(String client, List<History.Seen> events) {
        this.client = client;
        for (History.Seen event : events) {
            switch (event) {
                case History.Seen.Joined join -> join(join);
                case History.Seen.Gap gap -> gap(gap);
                case History.Seen.Received receipt -> receive(receipt);
            }
        }
    }

    /**
     * Whether it had to receive what stands there: within a stretch that it was never told to be broken, or in a life of the room
     * that was acknowledged after it had joined and that it was never told of.
     */
    boolean owes(Position position, long acknowledgedAt) {
        boolean known = false;
        for (Stretch stretch : stretches) {
            known |= stretch.isOf(position);
            if (stretch.holds(position)) {
                return true;
            }
        }
        return !known && gaps == 0 && acknowledgedAt > joinedAt;
    }

    String name() {
        return client;
    }

    boolean handled(Position position) {
        return handled.containsKey(position);
    }

    Map<Position, String> handled() {
        return handled;
    }

    List<String> reordered() {
        return reordered;
    }

    List<String> silent() {
        return silent;
    }

    List<String> doubled() {
        return doubled;
    }

    int gaps() {
        return gaps;
    }

    int repeated() {
        return repeated;
    }

    private void join(History.Seen.Joined join) {
        if (!joined) {
            joined = true;
            joinedAt = join.at();
            begin(join.tail());
        }
    }

    private void gap(History.Seen.Gap gap) {
        gaps++;
        current = null;
        announced = gap.first();
        beyond = gap.next();
        anywhere = gap.first() == null;
    }

    private void receive(History.Seen.Received receipt) {
        Position position = receipt.position();
        String earlier = handled.get(position);
        if (earlier != null) {
            repeated++;
            if (!earlier.equals(receipt.key())) {
                doubled.add(client + " received " + earlier + " and " + receipt.key() + " at " + position.id());
            }
            if (position.equals(announced)) {
                begin(position, position.seq());
            }
            return;
        }
        place(position);
        handled.put(position, receipt.key());
        if (!keys.add(receipt.key())) {
            doubled.add(client + " received " + receipt.key() + " twice, then at " + position.id());
        }
    }

    /** Checks that a new message is the one that must come next. */
    private void place(Position position) {
        if (announced != null || anywhere) {
            if (announced != null && !announced.equals(position)) {
                silent.add(client + " was told that " + announced.id() + " comes next and got " + position.id());
            }
            begin(position, position.seq());
        } else if (current == null) {
            silent.add(client + " received " + position.id() + " before it was welcomed");
        } else if (current.epoch == null) {
            current.epoch = position.epoch();
            expect(position, 1);
        } else if (!current.epoch.equals(position.epoch())) {
            // Of what an earlier epoch retains behind the gap, to what follows it in the present one.
            if (!follows(beyond, position)) {
                silent.add(client + " went over to epoch " + position.epoch() + " without a gap");
            }
            begin(position, position.seq());
        } else {
            expect(position, current.to + 1);
        }
    }

    private static boolean follows(@Nullable Position before, Position position) {
        return before != null && before.epoch().equals(position.epoch()) && before.seq() + 1 == position.seq();
    }

    private void expect(Position position, long seq) {
        if (position.seq() < seq) {
            reordered.add(client + " received " + position.id() + " after seq " + (seq - 1));
            return;
        }
        if (position.seq() > seq) {
            silent.add(client + " received " + position.id() + " and nothing of seq " + seq);
        }
        current.to = position.seq();
    }

    private void begin(@Nullable Position tail) {
        current = new Stretch(tail == null ? null : tail.epoch(), tail == null ? 0 : tail.seq());
        stretches.add(current);
    }

    private void begin(Position first, long seq) {
        announced = null;
        anywhere = false;
        current = new Stretch(first.epoch(), seq - 1);
        current.to = seq;
        stretches.add(current);
    }

    /** Everything after from up to, where it is the last stretch, whatever comes; epoch null while the room is empty. */
    private final class Stretch {

        private @Nullable String epoch;
        private final long from;
        private long to;

        Stretch(@Nullable String epoch, long from) {
            this.epoch = epoch;
            this.from = from;
            this.to = from;
        }

        boolean isOf(Position position) {
            return epoch == null || epoch.equals(position.epoch());
        }

        boolean holds(Position position) {
            return isOf(position) && position.seq() > from && (position.seq() <= to || this == current);
        }
    }
}
