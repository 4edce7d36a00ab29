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
    int lost;

    /** Publications of one portion of a resume. */
    int portion = Integer.MAX_VALUE;

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
    public void history(
            JoinRequest request, @Nullable Position from, Consumer<JoinOutcome> answer, Consumer<Throwable> failure) {
        Position since = from == null ? request.since() : from;
        List<StoredPublication> found = since == null
                ? List.copyOf(stored.subList(Math.max(0, stored.size() - request.history()), stored.size()))
                : after(since);
        List<StoredPublication> fitting = since == null ? found : found.subList(0, Math.min(portion, found.size()));
        Position tail = since == null
                ? newest()
                : fitting.isEmpty() ? since : fitting.getLast().position();
        JoinOutcome outcome = new JoinOutcome(
                from == null, tail, since != null, null, List.copyOf(fitting), found.size() - fitting.size(), newest());
        loop.execute(() -> answer.accept(outcome));
    }

    private List<StoredPublication> after(@Nullable Position since) {
        return stored.stream()
                .filter(publication -> since == null || publication.position().seq() > since.seq())
                .toList();
    }

    @Override
    public void replay(String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer) {
        Position tail = newest();
        Replay replay = tail == null
                ? Replay.Gap.ofNothing(GapReason.EPOCH)
                : new Replay.Contiguous(after(since), tail, 0, tail);
        loop.execute(() -> answer.accept(replay));
    }

    @Override
    public void lost(String room, Position accepted, Runnable settled) {
        lost++;
        loop.execute(settled);
    }
}
