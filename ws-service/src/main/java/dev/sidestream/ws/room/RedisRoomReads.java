package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.RecentHistory;
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

    private final RedisChannelLayer layer;
    private final RoomMetrics metrics;
    private final int maxPublications;
    private final long maxBytes;

    /**
     * @param maxPublications most publications of one read
     * @param maxBytes most payload bytes of one read, which must fit into a connection's queue
     */
    RedisRoomReads(RedisChannelLayer layer, RoomMetrics metrics, int maxPublications, long maxBytes) {
        this.layer = layer;
        this.metrics = metrics;
        this.maxPublications = maxPublications;
        this.maxBytes = maxBytes;
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
    public void history(JoinRequest request, Consumer<JoinOutcome> answer, Consumer<Throwable> failure) {
        Position since = request.since();
        if (since == null) {
            int count = Math.min(request.history(), maxPublications);
            answer(layer.last(request.room(), count), recent -> answer.accept(read(recent)), failure);
        } else {
            Mono<Replay> replay = layer.replay(request.room(), since, maxPublications);
            answer(replay, found -> answer.accept(read(found)), failure);
        }
    }

    private JoinOutcome read(RecentHistory recent) {
        return new JoinOutcome(recent.tail(), false, null, newest(recent.publications()));
    }

    private JoinOutcome read(Replay replay) {
        return switch (replay) {
            case Replay.Contiguous contiguous -> {
                List<StoredPublication> fitting = newest(contiguous.publications());
                boolean whole = fitting.size() == contiguous.publications().size();
                yield new JoinOutcome(contiguous.tail(), whole, whole ? null : GapReason.LIMIT, fitting);
            }
            case Replay.Gap gap -> new JoinOutcome(gap.tail(), false, gap.reason(), newest(gap.publications()));
        };
    }

    /** The newest publications that fit; a part of a connection's queue must stay free for what comes live. */
    private List<StoredPublication> newest(List<StoredPublication> all) {
        long bytes = 0;
        int from = all.size();
        while (from > 0 && bytes <= maxBytes) {
            from--;
            bytes += all.get(from).publication().json().length + 200L;
        }
        return bytes > maxBytes ? all.subList(from + 1, all.size()) : all;
    }

    @Override
    public void replay(String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer) {
        replay(room, since, idle, answer, 1);
    }

    private void replay(
            String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer, int attempt) {
        Mono<Replay> read = since != null
                ? layer.replay(room, since, maxPublications)
                : layer.last(room, maxPublications).map(RedisRoomReads::fromTheBeginning);
        answer(read, answer, failure -> {
            if (!idle.getAsBoolean()) {
                metrics.resync(ResyncCause.RETRY);
                Runnable again = () -> replay(room, since, idle, answer, attempt + 1);
                Detached.after(Backoff.READ.after(attempt), again, layer.executor());
            }
        });
    }

    @Override
    public void renewEpoch(String room, String epoch) {
        layer.renewEpoch(room, epoch)
                .subscribe(
                        begun -> {},
                        failure -> log.atWarn()
                                .addKeyValue("room", room)
                                .setCause(failure)
                                .log("A room that lost its end could not begin a new epoch"));
    }

    private static Replay fromTheBeginning(RecentHistory recent) {
        List<StoredPublication> all = recent.publications();
        Position tail = recent.tail();
        if (tail != null && !all.isEmpty() && all.getFirst().position().seq() == 1) {
            return new Replay.Contiguous(all, tail);
        }
        Position first = all.isEmpty() ? null : all.getFirst().position();
        return new Replay.Gap(GapReason.TRIMMED, first, all, tail);
    }

    private <T> void answer(Mono<T> read, Consumer<T> answer, Consumer<Throwable> failure) {
        read.subscribe(
                value -> layer.executor().execute(() -> answer.accept(value)),
                cause -> layer.executor().execute(() -> failure.accept(cause)));
    }
}
