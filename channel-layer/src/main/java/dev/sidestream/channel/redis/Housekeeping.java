package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old entries from the logs each minute, by the clock of Redis, looks after the number of partitions each ten seconds, and
 * warns of a Redis that evicts.
 */
final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private static final long TRIM_SECONDS = 60;
    private static final long COUNT_SECONDS = 10;

    private final RedisLink link;
    private final Keys keys;
    private final ChannelLayerSettings settings;
    private final PartitionCount partitionCount;
    private List<ScheduledFuture<?>> duties = List.of();

    Housekeeping(RedisLink link, Keys keys, ChannelLayerSettings settings, PartitionCount partitionCount) {
        this.partitionCount = partitionCount;
        this.link = link;
        this.keys = keys;
        this.settings = settings;
    }

    void start(EventExecutor loop) {
        duties = List.of(
                loop.scheduleWithFixedDelay(this::trimLogs, TRIM_SECONDS, TRIM_SECONDS, TimeUnit.SECONDS),
                loop.scheduleWithFixedDelay(partitionCount::renew, COUNT_SECONDS, COUNT_SECONDS, TimeUnit.SECONDS));
    }

    void stop() {
        duties.forEach(duty -> duty.cancel(false));
    }

    void trimLogs() {
        try {
            link.commands().time().whenComplete((time, error) -> {
                if (time != null) {
                    trimBefore(1_000 * Long.parseLong(new String(time.getFirst(), US_ASCII))
                            - settings.logAge().toMillis());
                }
            });
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("cause", e).log("The logs could not be trimmed by age");
        }
    }

    private void trimBefore(long millis) {
        XTrimArgs older = XTrimArgs.Builder.minId(millis + "-0").approximateTrimming();
        for (int partition = 0; partition < settings.partitions(); partition++) {
            Detached.log(link.commands().xtrim(keys.log(partition), older), "A log could not be trimmed by age");
        }
    }

    /** Says in the log of the program when Redis may throw away what was acknowledged, as far as Redis tells. */
    void warnOfEviction() {
        RedisClusterAsyncCommands<byte[], byte[]> commands = link.commands();
        commands.info("memory").whenComplete((info, refused) -> {
            String policy = info == null ? "" : evictionPolicy(info.lines().toList());
            if (!policy.isEmpty() && !policy.equals("noeviction")) {
                LOG.atWarn()
                        .addKeyValue("maxmemory-policy", policy)
                        .log(
                                "This Redis evicts keys when it is full, so acknowledged messages may vanish (they are reported "
                                        + "as gaps). Set its maxmemory-policy to noeviction, or give us a Redis of our own");
            }
        });
    }

    static String evictionPolicy(List<String> info) {
        String name = "maxmemory_policy:";
        return info.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).trim())
                .findFirst()
                .orElse("");
    }
}
