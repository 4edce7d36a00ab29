package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The reads of what rooms retain; each is one command, and so one instant. */
final class RoomHistory {

    private final RedisScript replay = new RedisScript("replay.lua");
    private final RedisLink link;
    private final Keys keys;

    RoomHistory(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    CompletionStage<RecentHistory> last(String room, int count) {
        return newest(room, "+", "-", count).thenApply(RecentHistory::of);
    }

    CompletionStage<HistoryPage> page(String room, @Nullable Position from, @Nullable Position to, int limit) {
        String low = from == null ? "-" : "(" + from.entryId();
        String high = to == null ? "+" : "(" + to.entryId();
        if (from != null && to == null) {
            return range(CommandType.XRANGE, room, low, high, limit + 1)
                    .thenApply(found ->
                            new HistoryPage(found.subList(0, Math.min(limit, found.size())), found.size() > limit));
        }
        return newest(room, high, low, limit + 1).thenApply(found -> {
            int surplus = Math.max(0, found.size() - limit);
            return new HistoryPage(found.subList(surplus, found.size()), surplus > 0);
        });
    }

    CompletionStage<Replay> replay(String room, Position since, int limit) {
        byte[][] names = {keys.meta(room), keys.room(room)};
        CompletionStage<List<Object>> answer = replay.call(
                link.commands(),
                ScriptOutputType.MULTI,
                names,
                since.entryId().getBytes(US_ASCII),
                Long.toString(since.seq()).getBytes(US_ASCII),
                since.epoch().getBytes(UTF_8),
                Integer.toString(limit).getBytes(US_ASCII));
        return answer.thenApply(reply -> replay(since, reply));
    }

    private static Replay replay(Position since, List<Object> reply) {
        String reason = Entries.text(reply.get(0));
        List<StoredPublication> publications = Entries.publications((List<?>) reply.get(1));
        if (reason.isEmpty()) {
            Position tail =
                    publications.isEmpty() ? since : publications.getLast().position();
            return new Replay.Contiguous(publications, tail);
        }
        Collections.reverse(publications);
        return Replay.Gap.of(GapReason.valueOf(reason), publications);
    }

    private CompletionStage<List<StoredPublication>> newest(String room, String high, String low, int count) {
        return range(CommandType.XREVRANGE, room, high, low, count).thenApply(found -> {
            Collections.reverse(found);
            return found;
        });
    }

    private CompletionStage<List<StoredPublication>> range(
            CommandType command, String room, String from, String to, int count) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(keys.room(room))
                .add(from)
                .add(to)
                .add(CommandKeyword.COUNT)
                .add(count);
        RedisClusterAsyncCommands<byte[], byte[]> commands = link.commands();
        return commands.dispatch(command, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args)
                .thenApply(Entries::publications);
    }
}
