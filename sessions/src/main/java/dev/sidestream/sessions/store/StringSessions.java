package dev.sidestream.sessions.store;

import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.StoredSessions;
import dev.sidestream.sessions.format.PayloadReader;
import dev.sidestream.sessions.format.UnreadableException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sessions that are one string each and end with their key: all frameworks but Spring. */
public final class StringSessions implements StoredSessions {

    private final PayloadReader reader;
    private final IdentityRule rule;
    private final Clock clock;
    private final Advice advice;
    private final String whenUnreadable;

    /**
     * Puts the stages together.
     *
     * @param whenUnreadable what to look at when values cannot be read, for the warning that says so
     */
    public StringSessions(PayloadReader reader, IdentityRule rule, Clock clock, Advice advice, String whenUnreadable) {
        this.reader = reader;
        this.rule = rule;
        this.clock = clock;
        this.advice = advice;
        this.whenUnreadable = whenUnreadable;
    }

    @Override
    public CompletionStage<SessionState> read(RedisClusterAsyncCommands<byte[], byte[]> commands, String key) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        RedisFuture<byte[]> value = commands.get(name);
        RedisFuture<Long> ttl = commands.pttl(name);
        return value.thenCombine(ttl, this::state).exceptionally(StringSessions::refused);
    }

    private SessionState state(byte @Nullable [] value, long ttl) {
        if (value == null || ttl == -2) {
            return new SessionState.Missing();
        }
        try {
            Identity found = rule.identify(reader.read(value));
            Instant deadline = ttl < 0 ? null : clock.instant().plusMillis(ttl);
            return found == null
                    ? new SessionState.NoLogin()
                    : new SessionState.Login(found.user(), found.fingerprint(), deadline);
        } catch (UnreadableException e) {
            advice.warn("A session was found in Redis that cannot be read (" + e.reason() + "). " + whenUnreadable);
            return new SessionState.NoLogin();
        }
    }

    private static SessionState refused(Throwable failure) {
        if (RedisErrors.isWrongType(failure)) {
            // Something else has that name: no session was found.
            return new SessionState.Missing();
        }
        throw failure instanceof CompletionException completion ? completion : new CompletionException(failure);
    }
}
