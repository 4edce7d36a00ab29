package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.Message;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.concurrent.CompletionStage;

/**
 * Appends what is not a publication to the log of the name it is for. A membership and a later message of one group go through
 * one log, so every node sees them in this order.
 */
final class LogWriter {

    private static final byte[] NO_BODY = {};

    private final RedisScript script = new RedisScript(LogWriter.class, "send.lua");
    private final RedisLink link;
    private final Keys keys;
    private final byte[] logLength;

    LogWriter(RedisLink link, Keys keys, int logLength) {
        this.link = link;
        link.load(script);
        this.keys = keys;
        this.logLength = bytes(Integer.toString(logLength));
    }

    CompletionStage<?> message(char kind, String name, Message message) {
        return append(kind, name, message.type(), bytes(message.body()));
    }

    CompletionStage<?> membership(char kind, String group, String channel) {
        return append(kind, group, channel, NO_BODY);
    }

    private CompletionStage<?> append(char kind, String name, String what, byte[] body) {
        int partition = keys.partition(name);
        byte[][] names = {keys.log(partition), keys.life(partition)};
        return script.call(
                link.commands(),
                ScriptOutputType.VALUE,
                names,
                bytes(String.valueOf(kind)),
                bytes(name),
                bytes(what),
                body,
                logLength);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
