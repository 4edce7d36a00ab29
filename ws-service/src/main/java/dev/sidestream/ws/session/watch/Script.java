package dev.sidestream.ws.session.watch;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A script of the resources that answers with a number. Called by its hash, and by its text where Redis does not have it. */
final class Script {

    private final byte[] text;

    Script(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No script " + resource);
            }
            text = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompletionStage<Long> call(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[]... arguments) {
        CompletionStage<Long> answer =
                commands.evalsha(commands.digest(text), ScriptOutputType.INTEGER, keys, arguments);
        return answer.exceptionallyCompose(failure -> isUnknown(failure)
                ? commands.eval(text, ScriptOutputType.INTEGER, keys, arguments)
                : CompletableFuture.failedFuture(failure));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }
}
