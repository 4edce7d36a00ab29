package dev.sidestream.ws.room;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.channel.redis.RoomTail;
import dev.sidestream.channel.redis.link.Backoff;
import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.log.ResyncCause;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What rooms retain, as Redis has it. */
final class RedisRoomReads implements RoomReads {

    private static final Logger log = LoggerFactory.getLogger(RedisRoomReads.class);

    /** Bytes of one portion: several fit into what may wait for a connection. */
    private static final int PORTION = 256 * 1024;

    /** The id that every entry is behind. */
    private static final String BEGINNING = "0-0";

    private final RedisChannelLayer layer;
    private final RoomMetrics metrics;
    private final int maxPublications;
    private final int portion;

    /**
     * Reads on the layer.
     *
     * @param maxPublications most publications of one client's resume
     * @param maxBytes what a portion may take of a connection's queue
     */
    RedisRoomReads(RedisChannelLayer layer, RoomMetrics metrics, int maxPublications, long maxBytes) {
        this.layer = layer;
        this.metrics = metrics;
        this.maxPublications = maxPublications;
        this.portion = (int) Math.min(maxBytes, PORTION);
    }

    @Override
    public void tail(String room, Consumer<@Nullable Position> answer, Consumer<Throwable> failure) {
        answer(layer.tail(room), tail -> answer.accept(tail.last()), failure);
    }

    @Override
    public void tails(List<String> rooms, Consumer<Map<String, RoomTail>> answer, Consumer<Throwable> failure) {
        answer(layer.tails(rooms), answer, failure);
    }

    @Override
    public void history(
            JoinRequest request, @Nullable Position from, Consumer<JoinOutcome> answer, Consumer<Throwable> failure) {
        Position since = from == null ? request.since() : from;
        if (since == null) {
            int count = Math.min(request.history(), maxPublications);
            answer(
                    layer.last(request.room(), count, portion),
                    recent -> answer.accept(JoinOutcome.recent(recent.tail(), recent.publications())),
                    failure);
        } else {
            // What is new when a portion is read was bounded at the first one.
            int limit = from == null ? maxPublications : 0;
            answer(
                    layer.replay(request.room(), since, limit, portion),
                    replay -> answer.accept(
                            from == null ? read(replay) : read(replay).later()),
                    failure);
        }
    }

    private static JoinOutcome read(Replay replay) {
        return switch (replay) {
            case Replay.Contiguous whole ->
                new JoinOutcome(true, whole.tail(), true, null, whole.publications(), whole.left(), whole.newest());
            case Replay.Gap gap -> new JoinOutcome(true, gap.next(), false, gap, gap.older(), gap.left(), gap.newest());
        };
    }

    @Override
    public void replay(String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer) {
        replay(room, since, idle, answer, 1);
    }

    private void replay(
            String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer, int attempt) {
        Mono<Replay> read = since != null ? layer.replay(room, since, 0, PORTION) : fromTheBeginning(room);
        answer(read, answer, failure -> {
            if (idle.getAsBoolean()) {
                return;
            }
            if (isPermanent(failure)) {
                log.atError().addKeyValue("room", room).setCause(failure).log("A room cannot be read");
                answer.accept(Replay.Gap.ofNothing(GapReason.EPOCH));
                return;
            }
            metrics.resync(ResyncCause.RETRY);
            Runnable again = () -> replay(room, since, idle, answer, attempt + 1);
            Detached.after(Backoff.READ.after(attempt), again, layer.executor());
        });
    }

    /** What fails again and again until somebody acts, such as a foreign key in the room's place. */
    private static boolean isPermanent(Throwable failure) {
        return failure instanceof ChannelLayerException refused && refused.kind() == ChannelLayerException.Kind.INVALID;
    }

    @Override
    public void lost(String room, Position accepted, Runnable settled) {
        answer(layer.lost(room, accepted), ended -> settled.run(), failure -> {
            log.atWarn().addKeyValue("room", room).setCause(failure).log("A room that lost its end is not told yet");
            settled.run();
        });
    }

    /** From before the first publication of the epoch that the room is in now: what it no longer retains is a gap. */
    private Mono<Replay> fromTheBeginning(String room) {
        return layer.tail(room).flatMap(tail -> {
            Position last = tail.last();
            return last == null
                    ? Mono.just(Replay.Gap.ofNothing(GapReason.EPOCH))
                    : layer.replay(room, new Position(last.epoch(), 0, BEGINNING), 0, PORTION);
        });
    }

    private <T> void answer(Mono<T> read, Consumer<T> answer, Consumer<Throwable> failure) {
        read.subscribe(
                value -> layer.executor().execute(() -> answer.accept(value)),
                cause -> layer.executor().execute(() -> failure.accept(cause)));
    }
}
