package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.channel.redis.log.EntryCodec;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The reads of what rooms retain; each is one command, and so one instant, and returns a bounded number of bytes. */
final class RoomHistory {

    private final RedisScript replay = new RedisScript(RoomHistory.class, "replay.lua");
    private final RedisScript page = new RedisScript(RoomHistory.class, "page.lua");
    private final RedisScript tail = new RedisScript(RoomHistory.class, "tail.lua");
    private final RedisLink link;
    private final Keys keys;
    private final byte[] age;

    RoomHistory(RedisLink link, Keys keys, Duration age) {
        this.link = link;
        this.keys = keys;
        this.age = number(age.toMillis());
    }

    CompletionStage<RecentHistory> last(String room, int count, int bytes) {
        return read(room, "XREVRANGE", "+", "-", count, bytes)
                .thenApply(part -> new RecentHistory(part.publications(), part.tail()));
    }

    CompletionStage<HistoryPage> page(String room, @Nullable Position from, @Nullable Position to, int limit) {
        String low = from == null ? "-" : "(" + from.entryId();
        String high = to == null ? "+" : "(" + to.entryId();
        if (from != null && to == null) {
            return read(room, "XRANGE", low, high, limit + 1, ReadBounds.MAX_BYTES)
                    .thenApply(part -> {
                        List<StoredPublication> found = part.publications();
                        boolean surplus = found.size() > limit;
                        return page(surplus ? found.subList(0, limit) : found, surplus || part.cut());
                    });
        }
        return read(room, "XREVRANGE", high, low, limit + 1, ReadBounds.MAX_BYTES)
                .thenApply(part -> {
                    List<StoredPublication> found = part.publications();
                    boolean surplus = found.size() > limit;
                    return page(surplus ? found.subList(1, found.size()) : found, surplus || part.cut());
                });
    }

    private static HistoryPage page(List<StoredPublication> found, boolean more) {
        return new HistoryPage(
                found.stream().filter(StoredPublication::isReadable).toList(), more);
    }

    /** @param limit publications that may follow; 0 for any number */
    CompletionStage<Replay> replay(String room, Position since, int limit, int bytes) {
        byte[][] names = {keys.meta(room), keys.room(room)};
        CompletionStage<List<Object>> answer = replay.call(
                link.commands(),
                ScriptOutputType.MULTI,
                names,
                since.entryId().getBytes(US_ASCII),
                number(since.seq()),
                since.epoch().getBytes(UTF_8),
                number(limit),
                number(bytes),
                age);
        return answer.thenApply(reply -> replay(room, since, reply));
    }

    private static Replay replay(String room, Position since, List<Object> reply) {
        String reason = EntryCodec.text(reply.get(0));
        List<StoredPublication> found = EntryCodec.publications(room, (List<?>) reply.get(1));
        long left = (Long) reply.get(2);
        Position newest = position(reply, 3);
        if (reason.isEmpty()) {
            Position tail = found.isEmpty() ? since : found.getLast().position();
            return new Replay.Contiguous(found, tail, left, newest == null ? tail : newest);
        }
        String firstId = EntryCodec.text(reply.get(8));
        Position next = newest == null
                ? null
                : new Position(
                        newest.epoch(), Long.parseLong(EntryCodec.text(reply.get(6))), EntryCodec.text(reply.get(7)));
        return new Replay.Gap(GapReason.valueOf(reason), found, next, firstId.isEmpty() ? null : firstId, left, newest);
    }

    /** Where it stands alone, as it is asked for thousands of rooms at once. */
    CompletionStage<RoomTail> tail(String room) {
        byte[][] names = {keys.room(room), keys.meta(room)};
        CompletionStage<List<Object>> answer = tail.call(link.commands(), ScriptOutputType.MULTI, names);
        return answer.thenApply(reply -> new RoomTail(position(reply, 0)));
    }

    /** A part of the history, oldest first whichever way it was read. */
    private CompletionStage<Part> read(String room, String command, String from, String to, int count, int bytes) {
        byte[][] names = {keys.room(room), keys.meta(room)};
        CompletionStage<List<Object>> answer = page.call(
                link.commands(),
                ScriptOutputType.MULTI,
                names,
                command.getBytes(US_ASCII),
                from.getBytes(US_ASCII),
                to.getBytes(US_ASCII),
                number(count),
                number(bytes));
        return answer.thenApply(reply -> {
            List<StoredPublication> publications = EntryCodec.publications(room, (List<?>) reply.get(1));
            if (command.equals("XREVRANGE")) {
                Collections.reverse(publications);
            }
            return new Part(publications, (Long) reply.get(0) == 1, position(reply, 2));
        });
    }

    /** Epoch, seq and entry id in a row; null where there is no epoch. */
    private static @Nullable Position position(List<Object> reply, int first) {
        String epoch = EntryCodec.text(reply.get(first));
        long seq = Long.parseLong(EntryCodec.text(reply.get(first + 1)));
        return epoch.isEmpty() ? null : new Position(epoch, seq, EntryCodec.text(reply.get(first + 2)));
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }

    private record Part(
            List<StoredPublication> publications,
            boolean cut,
            @Nullable Position tail) {}
}
