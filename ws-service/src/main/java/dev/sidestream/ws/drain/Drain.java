package dev.sidestream.ws.drain;

import dev.sidestream.ws.admission.DrainState;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Stops first of all: no new sockets from now on, and those that are open are told to come back elsewhere, in random order
 * over the window, so that they do not all come at once. Ends when all have left, or a grace after the window.
 */
final class Drain implements SmartLifecycle, DrainState {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    /** What a peer may take to answer its close frame after the window. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration COME_BACK = Duration.ofSeconds(1);
    private static final long POLL_MILLIS = 50;

    private final ConnectionRegistry registry;
    private final DrainProperties settings;
    private final Random random;
    private volatile boolean running;
    private volatile boolean draining;

    Drain(ConnectionRegistry registry, DrainProperties settings, Random random) {
        this.registry = registry;
        this.settings = settings;
        this.random = random;
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Last to start and first to stop, while everything that a connection needs still runs. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable done) {
        draining = true;
        running = false;
        Thread.ofPlatform().name("sidestream-drain").start(() -> {
            try {
                leave();
            } finally {
                done.run();
            }
        });
    }

    private void leave() {
        List<Outlet> leaving = new ArrayList<>(registry.all());
        long window = windowMillis(leaving.size());
        log.atInfo()
                .addKeyValue("connections", leaving.size())
                .addKeyValue("window_ms", window)
                .log("Draining: connections are told to come back elsewhere");
        Collections.shuffle(leaving, random);
        for (int i = 0; i < leaving.size(); i++) {
            Outlet connection = leaving.get(i);
            long at = leaving.size() == 1 ? 0 : window * i / (leaving.size() - 1);
            connection
                    .loop()
                    .schedule(() -> connection.close(CloseCode.DRAINING, COME_BACK), TimeUnit.MILLISECONDS.toNanos(at));
        }
        awaitEmpty(Set.copyOf(leaving), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(window) + GRACE.toNanos());
        log.atInfo().addKeyValue("left", registry.size()).log("Drained");
    }

    /** At least two seconds for more than one, so that even a small node's clients do not come back as one. */
    private long windowMillis(int connections) {
        if (connections <= 1) {
            return 0;
        }
        long needed = Math.max(2_000, connections * 1_000L / settings.perSecond());
        return Math.min(settings.window().toMillis(), needed);
    }

    /** Those whose handshake was under way when draining began come late, and are told at once. */
    private void awaitEmpty(Set<Outlet> told, long deadline) {
        while (registry.size() > 0 && System.nanoTime() < deadline) {
            for (Outlet open : registry.all()) {
                if (!told.contains(open)) {
                    open.close(CloseCode.DRAINING, COME_BACK);
                }
            }
            try {
                Thread.sleep(POLL_MILLIS); // a thread of its own, which has nothing else to do
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
