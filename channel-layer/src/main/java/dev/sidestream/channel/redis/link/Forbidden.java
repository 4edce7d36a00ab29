package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Tells what a server will never answer, to the user that we are for it, from what failed in passing. */
public final class Forbidden {

    private Forbidden() {}

    /** Whether the user may not issue the command, or the server has no such command, as where it was renamed. */
    public static boolean is(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        @Nullable String message = cause instanceof RedisCommandExecutionException ? cause.getMessage() : null;
        return message != null && (message.startsWith("NOPERM") || message.startsWith("ERR unknown command"));
    }
}
