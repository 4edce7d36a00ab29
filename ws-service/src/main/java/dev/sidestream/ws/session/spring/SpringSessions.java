package dev.sidestream.ws.session.spring;

import dev.sidestream.ws.session.SessionState;
import dev.sidestream.ws.session.StoredSessions;
import dev.sidestream.ws.session.store.RedisErrors;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Reads the hash of one session: only the six fields that matter, since the others hold the site's own classes, together with
 * the key's time to live and the clock of Redis, in one round trip.
 */
final class SpringSessions implements StoredSessions {

    private final SpringRecordJudge judge;

    SpringSessions(SpringRecordJudge judge) {
        this.judge = judge;
    }

    @Override
    public CompletionStage<SessionState> read(RedisClusterAsyncCommands<byte[], byte[]> commands, String key) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        RedisFuture<List<KeyValue<byte[], byte[]>>> fields = commands.hmget(name, SpringRecord.fieldNames());
        RedisFuture<Long> ttl = commands.pttl(name);
        RedisFuture<List<byte[]>> time = commands.time();
        return CompletableFuture.allOf(
                        fields.toCompletableFuture(), ttl.toCompletableFuture(), time.toCompletableFuture())
                .handle((done, failure) -> {
                    if (failure != null) {
                        return refused(failure);
                    }
                    return judge.judge(SpringRecord.of(
                            fields.toCompletableFuture().join(),
                            ttl.toCompletableFuture().join(),
                            time.toCompletableFuture().join()));
                });
    }

    private static SessionState refused(Throwable failure) {
        if (RedisErrors.isWrongType(failure)) {
            return new SessionState.NoLogin();
        }
        throw failure instanceof CompletionException completion ? completion : new CompletionException(failure);
    }
}
