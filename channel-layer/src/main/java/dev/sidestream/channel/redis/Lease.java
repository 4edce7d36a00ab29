package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisScript;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in Redis that this node is there, for 30 s, again each 10 s. Whoever wants to know whether a node lives asks for it.
 *
 * <p>What stands there at the first time is taken over in silence, as it may be left from a process that crashed. Whoever finds
 * another process there later warns, and takes it over as well: so two processes of one name take it from each other, and both
 * warn, once until they have been alone for as long as a lease lasts. At the end it is taken back only by the process whose word
 * stands there. While Redis is away it is tried each second; what vanished meanwhile is written anew.
 *
 * <p>Confined to the executor, apart from {@link #start} and {@link #end}.
 */
final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** The lease lasts this many periods. */
    private static final int PERIODS = 3;

    private final RedisScript renew = new RedisScript(Lease.class, "lease.lua");
    private final RedisScript release = new RedisScript(Lease.class, "release.lua");
    private final RedisLink link;
    private final byte[] key;
    private final byte[] owner;
    private final String node;
    private final EventExecutor loop;
    private final Duration period;
    private boolean taken;
    private boolean contested;
    private int alone;
    private boolean ended;

    Lease(RedisLink link, String node, String owner, EventExecutor loop) {
        this(link, node, owner, loop, PERIOD);
    }

    /** @param period between two renewals; the lease lasts three of them, and after a failure it is tried after a tenth */
    Lease(RedisLink link, String node, String owner, EventExecutor loop, Duration period) {
        this.link = link;
        this.node = node;
        this.key = Keys.node(node);
        this.owner = owner.getBytes(UTF_8);
        this.loop = loop;
        this.period = period;
    }

    void start() {
        loop.execute(this::renew);
    }

    private void renew() {
        if (ended) {
            return;
        }
        try {
            Detached.then(taken ? say() : take(), this::renewed, loop);
        } catch (RuntimeException e) {
            renewed(null, e); // not connected yet
        }
    }

    private CompletionStage<Boolean> take() {
        return link.commands().set(key, owner, SetArgs.Builder.px(ttl())).thenApply(done -> true);
    }

    private CompletionStage<Boolean> say() {
        byte[] millis = Long.toString(ttl().toMillis()).getBytes(UTF_8);
        return call(renew, owner, millis).thenApply(done -> done == 1);
    }

    /** With the text: a call by hash is repeated where Redis does not know it, and a renewal could then follow the release. */
    private CompletionStage<Long> call(RedisScript script, byte[]... args) {
        return link.commands().eval(script.text(), ScriptOutputType.INTEGER, new byte[][] {key}, args);
    }

    private Duration ttl() {
        return period.multipliedBy(PERIODS);
    }

    private void renewed(@Nullable Boolean held, @Nullable Throwable error) {
        if (held == null) {
            LOG.atDebug().addKeyValue("cause", error).log("The lease could not be renewed");
        } else {
            taken = true;
            found(held);
        }
        if (!ended && !loop.isShuttingDown()) {
            Detached.after(held == null ? period.dividedBy(10) : period, this::renew, loop);
        }
    }

    /** Twins whose renewals follow each other closely may find their own word once. */
    private void found(boolean wasOurs) {
        alone = wasOurs ? alone + 1 : 0;
        if (!wasOurs && !contested) {
            contested = true;
            LOG.atWarn()
                    .addKeyValue("node", node)
                    .log("Another process uses the same sidestream.node.id on this Redis; give each its own");
        } else if (alone >= PERIODS) {
            contested = false;
        }
    }

    /** Whether another process of the name was found and has not been gone for long; to be asked on the executor. */
    boolean isContested() {
        return contested;
    }

    /** Gives it back at once, if Redis is there and no other process holds it; else it expires. */
    void end() {
        if (!loop.isShuttingDown()) {
            loop.execute(this::release); // behind a renewal that has begun, which would bring it back
        }
    }

    private void release() {
        ended = true;
        try {
            Detached.log(call(release, owner), "The lease could not be given back, it expires");
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("cause", e).log("The lease could not be given back, it expires");
        }
    }
}
