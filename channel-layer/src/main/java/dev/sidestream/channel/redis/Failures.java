package dev.sidestream.channel.redis;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Says in the terms of the API what went wrong in Redis. */
final class Failures {

    /** Error codes of Redis that end by themselves: restart, failover, a move of slots, a script of somebody else. */
    private static final Set<String> PASSING = Set.of(
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "NOREPLICAS",
            "UNBLOCKED",
            "MOVED",
            "ASK");

    /** Over maxmemory with noeviction; cannot write its snapshot or append-only file. */
    private static final Set<String> FULL = Set.of("OOM", "MISCONF");

    private Failures() {}

    static ChannelLayerException of(Throwable error) {
        Throwable cause = unwrap(error);
        return switch (cause) {
            case ChannelLayerException known -> known;
            case RedisCommandTimeoutException timeout ->
                new ChannelLayerException("Redis did not answer in time, the outcome is unknown", timeout);
            case RedisCommandExecutionException refused -> refused(refused);
            default -> new ChannelLayerException("Redis is not available", cause);
        };
    }

    /** Whether it will fail again and again until somebody acts. */
    static boolean isInvalid(@Nullable Throwable error) {
        return error != null && of(error).kind() == Kind.INVALID;
    }

    /** Whether a master has become a replica under a connection that is still open. */
    static boolean isReadOnly(Throwable error) {
        Throwable cause = unwrap(error);
        return cause instanceof RedisCommandExecutionException
                && code(cause.getMessage()).equals("READONLY");
    }

    private static Throwable unwrap(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private static ChannelLayerException refused(RedisCommandExecutionException error) {
        String code = code(error.getMessage());
        if (FULL.contains(code)) {
            return new ChannelLayerException(
                    Kind.STORAGE_FULL, "Redis has no room for more (" + code + "); see maxmemory and its disk", error);
        }
        if (PASSING.contains(code)) {
            return new ChannelLayerException("Redis cannot serve now (" + code + ")", error);
        }
        return new ChannelLayerException(Kind.INVALID, "Redis refused the command (" + code + ")", error);
    }

    /** The first word that is a code. Before Redis 7 the text of an error inside a script begins with {@code ERR Error running script}. */
    static String code(@Nullable String message) {
        if (message == null) {
            return "ERR";
        }
        String found = "ERR";
        for (String word : message.split("[\\s:'@]+", -1)) {
            String bare = word.startsWith("-") ? word.substring(1) : word;
            if (FULL.contains(bare) || PASSING.contains(bare)) {
                return bare;
            }
            if (found.equals("ERR") && bare.length() > 3 && bare.equals(bare.toUpperCase(Locale.ROOT))) {
                found = bare;
            }
        }
        return found;
    }
}
