package dev.sidestream.sessions;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/**
 * Sessions that lie in Redis under one key each, so that a change of the key can be watched. The key is that of
 * {@link SessionRef#key()}, in UTF-8.
 */
public interface StoredSessions {

    /**
     * Looks at one session. All commands are issued before this returns, none of them writes, and each reads that key or
     * none, so that a caller may collect many reads into one flush, and may read on a connection that tracks its keys.
     *
     * @return fails when Redis fails or answers with an error, other than one that says that the key is no session
     */
    CompletionStage<SessionState> read(RedisClusterAsyncCommands<byte[], byte[]> commands, String key);
}
