package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.Message;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisLink;
import io.lettuce.core.XAddArgs;
import java.util.concurrent.CompletionStage;

/**
 * Appends what is not a publication to the log of the name it is for. A membership and a later message of one group go through
 * one log, so every node sees them in this order.
 */
final class LogWriter {

    private final RedisLink link;
    private final Keys keys;
    private final int logLength;

    LogWriter(RedisLink link, Keys keys, int logLength) {
        this.link = link;
        this.keys = keys;
        this.logLength = logLength;
    }

    CompletionStage<?> message(char kind, String name, Message message) {
        return append(kind, name, "t", message.type(), "d", message.body());
    }

    CompletionStage<?> membership(char kind, String group, String channel) {
        return append(kind, group, "c", channel);
    }

    private CompletionStage<?> append(char kind, String name, String... more) {
        Object[] fields = new Object[4 + more.length];
        fields[0] = bytes("k");
        fields[1] = bytes(String.valueOf(kind));
        fields[2] = bytes("n");
        fields[3] = bytes(name);
        for (int i = 0; i < more.length; i++) {
            fields[4 + i] = bytes(more[i]);
        }
        byte[] log = keys.log(keys.partition(name));
        XAddArgs bounded = XAddArgs.Builder.maxlen(logLength).approximateTrimming();
        return link.commands().xadd(log, bounded, fields);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
