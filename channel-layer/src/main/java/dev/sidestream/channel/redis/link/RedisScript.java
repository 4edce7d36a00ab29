package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A script of the resources, called by its hash. Where the server does not have it, which a restart and SCRIPT FLUSH cause,
 * nothing has run, and the call is repeated with the text.
 */
public final class RedisScript {

    private final byte[] text;
    private final String sha;

    /**
     * Reads the script from its jar, which may block.
     *
     * @param beside the class in whose package it lies
     * @throws IllegalStateException when there is none of that name
     */
    public RedisScript(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No script " + resource);
            }
            text = in.readAllBytes();
            sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] text() {
        return text;
    }

    /** Calls it. Fails as the command does; nothing has run when it is repeated. */
    public <T> CompletionStage<T> call(
            RedisClusterAsyncCommands<byte[], byte[]> commands, ScriptOutputType type, byte[][] keys, byte[]... args) {
        CompletionStage<T> answer = commands.evalsha(sha, type, keys, args);
        return answer.exceptionallyCompose(error ->
                isUnknown(error) ? commands.eval(text, type, keys, args) : CompletableFuture.failedFuture(error));
    }

    private static boolean isUnknown(Throwable error) {
        return error instanceof RedisNoScriptException
                || (error instanceof CompletionException && error.getCause() instanceof RedisNoScriptException);
    }
}
