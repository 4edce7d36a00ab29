package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.channel.redis.RoomTail;
import dev.sidestream.ws.connection.Loop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one room retains, held in a list; each answer takes a turn of the rooms' loop. */
final class RetainedForTests implements RoomReads {

    private final Loop loop;
    private final List<StoredPublication> stored = new ArrayList<>();
    int renewed;

    RetainedForTests(Loop loop) {
        this.loop = loop;
    }

    /** The next publication of the room, retained and returned. */
    StoredPublication next(String text) {
        long seq = stored.isEmpty() ? 1 : stored.getLast().position().seq() + 1;
        byte[] json = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        StoredPublication publication = new StoredPublication(
                new Position("e", seq, seq + "-0"), seq, new Publication("ann", json, "c" + seq, "ann"));
        stored.add(publication);
        return publication;
    }

    private @Nullable Position newest() {
        return stored.isEmpty() ? null : stored.getLast().position();
    }

    @Override
    public void tail(String room, Consumer<@Nullable Position> answer, Consumer<Throwable> failure) {
        Position asOfNow = newest();
        loop.execute(() -> answer.accept(asOfNow));
    }

    @Override
    public void tails(List<String> rooms, Consumer<Map<String, RoomTail>> answer, Consumer<Throwable> failure) {
        Map<String, RoomTail> tails = new HashMap<>();
        rooms.forEach(room -> tails.put(room, new RoomTail(newest())));
        loop.execute(() -> answer.accept(tails));
    }

    @Override
    public void history(JoinRequest request, Consumer<JoinOutcome> answer, Consumer<Throwable> failure) {
        int from = Math.max(0, stored.size() - request.history());
        JoinOutcome outcome = new JoinOutcome(newest(), false, null, List.copyOf(stored.subList(from, stored.size())));
        loop.execute(() -> answer.accept(outcome));
    }

    @Override
    public void replay(String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer) {
        List<StoredPublication> after = stored.stream()
                .filter(publication -> since == null || publication.position().seq() > since.seq())
                .toList();
        Position tail = newest();
        Replay replay = tail == null
                ? new Replay.Gap(GapReason.EPOCH, null, List.of(), null)
                : new Replay.Contiguous(after, tail);
        loop.execute(() -> answer.accept(replay));
    }

    @Override
    public void renewEpoch(String room, String epoch) {
        renewed++;
    }
}
