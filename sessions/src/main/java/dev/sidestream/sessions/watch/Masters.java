package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisNode;
import io.lettuce.core.RedisCommandExecutionException;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@link Tracking} for each master: one on standalone and Sentinel, several on Cluster. What is lost is opened again, with
 * jitter, for as long as the master exists. Confined to the executor.
 */
final class Masters implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Masters.class);

    private static final long FIRST_DELAY_MILLIS = 50;
    private static final long LONGEST_DELAY_MILLIS = 1_500;

    /** A server that does not let us track will not soon. */
    private static final long REFUSED_DELAY_MILLIS = 30_000;

    private final RedisLink link;
    private final EventExecutor executor;
    private final Consumer<@Nullable String> changed;
    private final Consumer<Tracking> opened;
    private final Map<RedisNode, Master> masters = new HashMap<>();
    private boolean closed;

    /** A master as we know it. */
    private static final class Master {
        final RedisNode node;

        @Nullable
        Tracking tracking;

        int attempts;
        boolean gone;

        Master(RedisNode node) {
            this.node = node;
        }
    }

    /**
     * Prepares; opens nothing yet.
     *
     * @param changed hears each changed key, null for all; on any thread
     * @param opened hears of each new connection, on the executor: everything is to be read anew
     */
    Masters(RedisLink link, EventExecutor executor, Consumer<@Nullable String> changed, Consumer<Tracking> opened) {
        this.link = link;
        this.executor = executor;
        this.changed = changed;
        this.opened = opened;
    }

    /** Where to read this key so that its changes are told; null while that is not possible. */
    @Nullable
    Tracking of(String key) {
        RedisNode node;
        try {
            node = link.nodeOf(key.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException unknown) {
            return null; // a Cluster that was not reached yet, or has lost a master
        }
        Master master = masters.get(node);
        if (master == null) {
            master = new Master(node);
            masters.put(node, master);
            open(master);
        }
        Tracking tracking = master.tracking;
        return tracking != null && tracking.isAlive() ? tracking : null;
    }

    private void open(Master master) {
        if (closed || master.gone) {
            return;
        }
        Detached.then(
                Tracking.open(link, master.node, changed, lost -> later(() -> lost(master, lost))),
                (tracking, failure) -> {
                    if (tracking != null) {
                        opened(master, tracking);
                    } else if (failure != null) {
                        failed(master, failure);
                    }
                },
                this::later);
    }

    /** From the threads of Lettuce. */
    private void later(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException stopping) {
            log.trace("The watch has stopped", stopping);
        }
    }

    private void opened(Master master, Tracking tracking) {
        if (closed || master.gone) {
            tracking.close();
            return;
        }
        master.tracking = tracking;
        master.attempts = 0;
        if (tracking.isAlive()) {
            log.atInfo().addKeyValue("master", master.node.id()).log("Sessions are tracked");
            opened.accept(tracking);
        } else {
            lost(master, tracking);
        }
    }

    private void failed(Master master, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean refused = cause instanceof RedisCommandExecutionException;
        if (master.attempts++ == 0) {
            log.atWarn()
                    .addKeyValue("master", master.node.id())
                    .addKeyValue("cause", cause.getClass().getSimpleName())
                    .log(
                            refused
                                    ? "Redis refuses CLIENT TRACKING, so that a logout takes up to 10 s; allow the user"
                                            + " that reads the sessions +client|tracking"
                                    : "Sessions cannot be tracked; attempts go on");
        }
        long cap = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(10, master.attempts));
        long delay =
                refused ? REFUSED_DELAY_MILLIS : ThreadLocalRandom.current().nextLong(FIRST_DELAY_MILLIS, cap + 1);
        Detached.after(Duration.ofMillis(delay), () -> open(master), executor);
    }

    private void lost(Master master, Tracking tracking) {
        if (closed || master.tracking != tracking) {
            return;
        }
        master.tracking = null;
        log.atWarn().addKeyValue("master", master.node.id()).log("Sessions are not tracked any more");
        long delay = ThreadLocalRandom.current().nextLong(FIRST_DELAY_MILLIS);
        Detached.after(Duration.ofMillis(delay), () -> open(master), executor);
    }

    /** To be called each second: looks after connections that died silently, and after masters that are none any more. */
    void tend() {
        Set<RedisNode> known = new HashSet<>(link.masters());
        for (Iterator<Master> all = masters.values().iterator(); all.hasNext(); ) {
            Master master = all.next();
            Tracking tracking = master.tracking;
            if (!known.isEmpty() && !known.contains(master.node)) {
                master.gone = true;
                all.remove();
                if (tracking != null) {
                    tracking.close();
                }
            } else if (tracking != null && tracking.isAlive()) {
                tracking.ping();
            }
        }
    }

    /** Whether every master that was asked for is tracked. */
    boolean areAllTracked() {
        return masters.values().stream().allMatch(master -> master.tracking != null && master.tracking.isAlive());
    }

    @Override
    public void close() {
        closed = true;
        for (Master master : masters.values()) {
            if (master.tracking != null) {
                master.tracking.close();
            }
        }
    }
}
