package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.RedisLink;
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
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RedisLink link;
    private final byte[] key;
    private final byte[] owner;
    private final String node;
    private final EventExecutor loop;
    private volatile boolean held;
    private volatile boolean ended;

    Lease(RedisLink link, String node, String owner, EventExecutor loop) {
        this.loop = loop;
        this.link = link;
        this.node = node;
        this.key = Keys.node(node);
        this.owner = owner.getBytes(UTF_8);
    }

    void start() {
        loop.execute(this::renew);
    }

    private void renewIn(Duration delay) {
        if (!ended && !loop.isShuttingDown()) {
            loop.schedule(this::renew, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
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
        renewIn(PERIOD);
    }

    private void failed(Throwable error) {
        renewIn(RETRY);
        LOG.atDebug().addKeyValue("cause", error).log("The lease could not be renewed");
    }

    /** Gives it back at once, if Redis is there. */
    void end() {
        ended = true;
        try {
            link.commands().del(key);
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("cause", e).log("The lease could not be given back, it expires");
        }
    }
}
