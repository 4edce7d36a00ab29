package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.SetArgs;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in Redis that this node is there, for 30 s, again each 10 s. Whoever wants to know whether a node lives asks for it. */
final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final RedisLink link;
    private final byte[] key;
    private final byte[] owner;
    private final String node;
    private volatile boolean held;

    Lease(RedisLink link, String node, String owner) {
        this.link = link;
        this.node = node;
        this.key = Keys.node(node);
        this.owner = owner.getBytes(UTF_8);
    }

    void start(EventExecutor loop) {
        loop.execute(this::renew);
        loop.scheduleWithFixedDelay(this::renew, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            link.commands().set(key, owner, SetArgs.Builder.px(TTL)).whenComplete((done, error) -> {
                if (error != null) {
                    failed(error);
                }
            });
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** What stood there at the first time may be left over from a process that crashed; later it is another one's that lives. */
    private void renewed(byte @Nullable [] before) {
        if (held && before != null && !Arrays.equals(before, owner)) {
            LOG.atWarn()
                    .addKeyValue("node", node)
                    .log("Another process uses the same sidestream.node.id on this Redis; give each its own");
        }
        held = true;
    }

    private static void failed(Throwable error) {
        LOG.atDebug().addKeyValue("cause", error).log("The lease could not be renewed");
    }

    /** Gives it back at once, if Redis is there. */
    void end() {
        try {
            link.commands().del(key);
        } catch (RuntimeException e) {
            failed(e);
        }
    }
}
