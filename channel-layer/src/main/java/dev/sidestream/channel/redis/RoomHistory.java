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
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The reads of what rooms retain; each is one command, and so one instant, and returns a bounded number of bytes. */
final class RoomHistory {

    private final RedisScript replay = new RedisScript(RoomHistory.class, "replay.lua");
    private final RedisScript page = new RedisScript(RoomHistory.class, "page.lua");
    private final RedisLink link;
    private final Keys keys;

    RoomHistory(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    CompletionStage<RecentHistory> last(String room, int count) {
        return read(room, "XREVRANGE", "+", "-", count).thenApply(part -> RecentHistory.of(part.publications()));
    }

    CompletionStage<HistoryPage> page(String room, @Nullable Position from, @Nullable Position to, int limit) {
        String low = from == null ? "-" : "(" + from.entryId();
        String high = to == null ? "+" : "(" + to.entryId();
        if (from != null && to == null) {
            return read(room, "XRANGE", low, high, limit + 1).thenApply(part -> {
                List<StoredPublication> found = part.publications();
                boolean surplus = found.size() > limit;
                return new HistoryPage(surplus ? found.subList(0, limit) : found, surplus || part.cut());
            });
        }
        return read(room, "XREVRANGE", high, low, limit + 1).thenApply(part -> {
            List<StoredPublication> found = part.publications();
            boolean surplus = found.size() > limit;
            return new HistoryPage(surplus ? found.subList(1, found.size()) : found, surplus || part.cut());
        });
    }

    CompletionStage<Replay> replay(String room, Position since, int limit) {
        byte[][] names = {keys.meta(room), keys.room(room)};
        CompletionStage<List<Object>> answer = replay.call(
                link.commands(),
                ScriptOutputType.MULTI,
                names,
                since.entryId().getBytes(US_ASCII),
                number(since.seq()),
                since.epoch().getBytes(UTF_8),
                number(limit),
                number(ReadBounds.MAX_BYTES));
        return answer.thenApply(reply -> replay(since, reply));
    }

    private static Replay replay(Position since, List<Object> reply) {
        String reason = EntryCodec.text(reply.get(0));
        List<StoredPublication> publications = EntryCodec.publications((List<?>) reply.get(1));
        if (reason.isEmpty()) {
            Position tail =
                    publications.isEmpty() ? since : publications.getLast().position();
            return new Replay.Contiguous(publications, tail);
        }
        Collections.reverse(publications);
        return Replay.Gap.of(GapReason.valueOf(reason), publications);
    }

    /** The newest position alone: a plain command, as it is asked for thousands of rooms at once. */
    CompletionStage<RoomTail> tail(String room) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(keys.room(room))
                .add("+")
                .add("-")
                .add(CommandKeyword.COUNT)
                .add(1);
        return link.commands()
                .dispatch(CommandType.XREVRANGE, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args)
                .thenApply(entries -> new RoomTail(
                        RecentHistory.of(EntryCodec.publications(entries)).tail()));
    }

    /** A part of the history, oldest first whichever way it was read. */
    private CompletionStage<Part> read(String room, String command, String from, String to, int count) {
        byte[][] names = {keys.room(room)};
        CompletionStage<List<Object>> answer = page.call(
                link.commands(),
                ScriptOutputType.MULTI,
                names,
                command.getBytes(US_ASCII),
                from.getBytes(US_ASCII),
                to.getBytes(US_ASCII),
                number(count),
                number(ReadBounds.MAX_BYTES));
        return answer.thenApply(reply -> {
            List<StoredPublication> publications = EntryCodec.publications((List<?>) reply.get(1));
            if (command.equals("XREVRANGE")) {
                Collections.reverse(publications);
            }
            return new Part(publications, (Long) reply.get(0) == 1);
        });
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }

    private record Part(List<StoredPublication> publications, boolean cut) {}
}
