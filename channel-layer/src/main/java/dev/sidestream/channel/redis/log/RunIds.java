package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.redis.link.Forbidden;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server which process it is. A server that may not be asked is taken for another process each time, so that every
 * new connection proves all rooms anew: that costs reads, and overlooks nothing. Which log it is, its mark says all the same.
 * Shared by the lanes of a reader; warns once.
 */
final class RunIds {

    private static final Logger LOG = LoggerFactory.getLogger(RunIds.class);

    private static final Pattern RUN_ID = Pattern.compile("run_id:(\\w+)");

    private final AtomicBoolean warned = new AtomicBoolean();

    /** The id of the server's process; one that nobody else has where {@code INFO} is forbidden. Fails for any other error. */
    CompletionStage<String> of(RedisAsyncCommands<byte[], byte[]> commands) {
        return commands.info("server").thenApply(RunIds::read).exceptionallyCompose(this::without);
    }

    private static String read(String info) {
        Matcher matcher = RUN_ID.matcher(info);
        return matcher.find() ? matcher.group(1) : UUID.randomUUID().toString();
    }

    private CompletionStage<String> without(Throwable error) {
        if (!Forbidden.is(error)) {
            return CompletableFuture.failedFuture(error);
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn("Redis does not let us ask INFO: every reconnect proves all rooms anew, and neither a replica"
                    + " nor a policy that evicts is noticed. Allow the user +info");
        }
        return CompletableFuture.completedFuture(UUID.randomUUID().toString());
    }
}
