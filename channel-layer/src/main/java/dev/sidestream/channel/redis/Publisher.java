package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import dev.sidestream.channel.JsonValue;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.channel.redis.log.EntryCodec;
import dev.sidestream.channel.redis.log.Witness;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls publish.lua. */
final class Publisher {

    private static final byte[] NONE = {};

    private final RedisScript script = new RedisScript(Publisher.class, "publish.lua");
    private final RedisLink link;
    private final Keys keys;
    private final Witness witness;
    private final byte[] historyLength;
    private final byte[] historyMillis;
    private final byte[] logLength;
    private final byte[] dedupMillis;

    Publisher(RedisLink link, Keys keys, ChannelLayerSettings settings, Witness witness) {
        this.link = link;
        link.load(script);
        this.keys = keys;
        this.witness = witness;
        historyLength = number(settings.historyLength());
        historyMillis = number(settings.historyAge().toMillis());
        logLength = number(settings.logLength());
        dedupMillis = number(settings.dedupWindow().toMillis());
    }

    CompletionStage<Receipt> publish(String room, Publication publication) {
        if (!JsonValue.isOne(publication.json())) {
            return CompletableFuture.failedFuture(new ChannelLayerException(
                    Kind.INVALID,
                    "A publication is one JSON value of at most " + JsonValue.MAX_DEPTH + " levels",
                    null));
        }
        String user = publication.user() == null ? "" : publication.user();
        String cid = publication.cid() == null ? "" : publication.cid();
        String author = publication.author() == null ? "" : publication.author();
        byte[][] names = keys.publish(room, author, cid);
        byte[][] args = arguments(room, user, cid, author, publication.json());
        return link.batched(() -> {
            CompletionStage<List<Object>> answer = script.call(link.commands(), ScriptOutputType.MULTI, names, args);
            return answer.thenApply(reply -> {
                Receipt receipt = receipt(reply);
                if (!receipt.duplicate()) {
                    witness.acknowledged(room, receipt.position());
                }
                return receipt;
            });
        });
    }

    private byte[][] arguments(String room, String user, String cid, String author, byte[] json) {
        byte[] name = room.getBytes(UTF_8);
        if (cid.isEmpty() || author.equals(user)) {
            return new byte[][] {
                name, bytes(user), bytes(cid), json, historyLength, historyMillis, logLength, dedupMillis
            };
        }
        return new byte[][] {
            name, bytes(user), bytes(cid), json, historyLength, historyMillis, logLength, dedupMillis, bytes(author)
        };
    }

    private static Receipt receipt(List<Object> reply) {
        String epoch = EntryCodec.text(reply.get(0));
        long seq = Long.parseLong(EntryCodec.text(reply.get(1)));
        String entryId = EntryCodec.text(reply.get(2));
        return new Receipt(new Position(epoch, seq, entryId), ((Long) reply.get(3)) == 1);
    }

    private static byte[] bytes(String text) {
        return text.isEmpty() ? NONE : text.getBytes(UTF_8);
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }
}
