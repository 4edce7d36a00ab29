package dev.sidestream.sessions.spring;

import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.StoredSessions;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.RedisErrors;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hash of one session: only the six fields that matter, since the others hold the site's own classes, together with
 * the key's time to live and the clock of Redis, in one round trip.
 */
final class SpringSessions implements StoredSessions {

    private final SpringRecordJudge judge;
    private final Clock clock;
    private final Advice advice;

    SpringSessions(SpringRecordJudge judge, Clock clock, Advice advice) {
        this.judge = judge;
        this.clock = clock;
        this.advice = advice;
    }

    @Override
    public CompletionStage<SessionState> read(RedisClusterAsyncCommands<byte[], byte[]> commands, String key) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        RedisFuture<List<KeyValue<byte[], byte[]>>> fields = commands.hmget(name, SpringRecord.fieldNames());
        RedisFuture<Long> ttl = commands.pttl(name);
        CompletableFuture<Long> now = commands.time().handle(this::millis).toCompletableFuture();
        return CompletableFuture.allOf(fields.toCompletableFuture(), ttl.toCompletableFuture(), now)
                .handle((done, failure) -> {
                    if (failure != null) {
                        return refused(failure);
                    }
                    return judge.judge(SpringRecord.of(
                            fields.toCompletableFuture().join(),
                            ttl.toCompletableFuture().join(),
                            now.join()));
                });
    }

    /** By the clock of Redis, or by ours where we may not ask for it. In milliseconds since 1970. */
    private long millis(@Nullable List<byte[]> time, @Nullable Throwable failure) {
        if (time != null) {
            return decimal(time.get(0)) * 1_000 + decimal(time.get(1)) / 1_000;
        }
        if (failure != null && RedisErrors.isNotPermitted(failure)) {
            advice.warn("Redis does not permit TIME, so the clock of this machine says when spring sessions are over."
                    + " With the right +time for the user of the connection it is the one of Redis.");
            return clock.millis();
        }
        throw failure instanceof CompletionException completion ? completion : new CompletionException(failure);
    }

    private static long decimal(byte[] digits) {
        return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    }

    private static SessionState refused(Throwable failure) {
        if (RedisErrors.isWrongType(failure)) {
            // Something else has that name: no session was found.
            return new SessionState.Missing();
        }
        throw failure instanceof CompletionException completion ? completion : new CompletionException(failure);
    }
}
