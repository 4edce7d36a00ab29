package dev.sidestream.e2e;

import dev.sidestream.e2e.history.Conversation;
import dev.sidestream.e2e.history.Door;
import dev.sidestream.e2e.system.RunningSystem;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Conversations of alice and bob in a room of their own. */
final class Talks {

    private Talks() {}

    /** So many members, half of them alice's and half bob's; the seed can be set by the system property sidestream.test.seed. */
    static Conversation of(RunningSystem system, String what, int size) {
        String room = Visitor.newRoom(what);
        List<Door> doors = List.of(
                Visitor.signIn(system, "alice").door(room),
                Visitor.signIn(system, "bob").door(room));
        return new Conversation(
                doors,
                size,
                Long.getLong("sidestream.test.seed", ThreadLocalRandom.current().nextLong(1_000_000)));
    }
}
