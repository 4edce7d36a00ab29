package dev.sidestream.sessions.store;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Tells the error replies of Redis apart by their first word. */
public final class RedisErrors {

    private RedisErrors() {}

    /** The key holds another type than a session would: an answer about the key, not a failure of Redis. */
    public static boolean isWrongType(Throwable failure) {
        return startsWith(failure, "WRONGTYPE");
    }

    /** The user that we are for Redis may not read the key, or not with this command. */
    public static boolean isNotPermitted(Throwable failure) {
        return startsWith(failure, "NOPERM");
    }

    private static boolean startsWith(Throwable failure, String word) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        @Nullable String message = cause instanceof RedisCommandExecutionException ? cause.getMessage() : null;
        return message != null && message.startsWith(word);
    }
}
