package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.Detached;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The changes that Redis tells of: those of one session within {@value #COALESCE_MILLIS} ms are one read, since a page view is
 * several. Confined to the executor.
 */
final class Changes {

    static final int COALESCE_MILLIS = 100;

    private final EventExecutor executor;
    private final WatchMetrics metrics;
    private final Consumer<Watched> read;
    private final List<Watched> gathered = new ArrayList<>();

    /** @param read has a session read */
    Changes(EventExecutor executor, WatchMetrics metrics, Consumer<Watched> read) {
        this.executor = executor;
        this.metrics = metrics;
        this.read = read;
    }

    /** @param when {@link System#nanoTime} when Redis told of it */
    void noticed(Watched session, long when) {
        metrics.change();
        if (session.changed) {
            return;
        }
        session.changed = true;
        session.noticed = when;
        gathered.add(session);
        if (gathered.size() == 1) {
            Detached.after(Duration.ofMillis(COALESCE_MILLIS), this::readAll, executor);
        }
    }

    private void readAll() {
        for (Watched session : gathered) {
            session.changed = false;
            read.accept(session);
        }
        gathered.clear();
    }
}
