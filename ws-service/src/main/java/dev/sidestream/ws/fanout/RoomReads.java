package dev.sidestream.ws.fanout;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.RecentHistory;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.Replay;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The reads of a room's history, with their answers on the layer's executor. */
final class RoomReads {

    private static final Logger log = LoggerFactory.getLogger(RoomReads.class);

    private static final int MIN_RETRY_MILLIS = 250;
    private static final int MAX_RETRY_MILLIS = 1_000;

    private final RedisChannelLayer layer;
    private final FanoutMetrics metrics;
    private final int maxPublications;
    private final long maxBytes;

    /**
     * @param maxPublications most publications of one read
     * @param maxBytes most payload bytes of one read, which must fit into a connection's queue
     */
    RoomReads(RedisChannelLayer layer, FanoutMetrics metrics, int maxPublications, long maxBytes) {
        this.layer = layer;
        this.metrics = metrics;
        this.maxPublications = maxPublications;
        this.maxBytes = maxBytes;
    }

    void tail(String room, Consumer<@Nullable Position> answer, Consumer<Throwable> failure) {
        answer(layer.tail(room), tail -> answer.accept(tail.last()), failure);
    }

    /** Reads what a joiner asked for. */
    void history(JoinRequest request, Consumer<Joiner.Read> answer, Consumer<Throwable> failure) {
        Position since = request.since();
        if (since == null) {
            int count = Math.min(request.history(), maxPublications);
            answer(layer.last(request.room(), count), recent -> answer.accept(read(recent)), failure);
        } else {
            Mono<Replay> replay = layer.replay(request.room(), since, maxPublications);
            answer(replay, found -> answer.accept(read(found)), failure);
        }
    }

    private Joiner.Read read(RecentHistory recent) {
        return new Joiner.Read(recent.tail(), false, null, newest(recent.publications()));
    }

    private Joiner.Read read(Replay replay) {
        return switch (replay) {
            case Replay.Contiguous contiguous -> {
                List<StoredPublication> fitting = newest(contiguous.publications());
                boolean whole = fitting.size() == contiguous.publications().size();
                yield new Joiner.Read(contiguous.tail(), whole, whole ? null : GapReason.LIMIT, fitting);
            }
            case Replay.Gap gap -> new Joiner.Read(gap.tail(), false, gap.reason(), newest(gap.publications()));
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

    /**
     * Proves a room from a position, again and again until Redis answers or nobody is left.
     *
     * @param since null for a room that had no history when it was last looked at
     */
    void replay(String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer) {
        Mono<Replay> read = since != null
                ? layer.replay(room, since, maxPublications)
                : layer.last(room, maxPublications).map(RoomReads::fromTheBeginning);
        answer(read, answer, failure -> {
            if (!idle.getAsBoolean()) {
                metrics.resync("retry");
                long delay = ThreadLocalRandom.current().nextLong(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
                layer.executor().schedule(() -> replay(room, since, idle, answer), delay, TimeUnit.MILLISECONDS);
            }
        });
    }

    /** Begins a new epoch after Redis lost the end of a room; the next member to notice tries again when it fails. */
    void renewEpoch(String room, String epoch) {
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
