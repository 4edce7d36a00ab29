package dev.sidestream.ws.delivery;

import dev.sidestream.ws.connection.Loop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what one turn of the rooms' thread has for each event loop, and hands it over as one task; one that fails is reported and
 * keeps none of the others from running. Confined to the layer's executor.
 */
public final class Handover {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private final Loop rooms;
    private final IdentityHashMap<Loop, List<Runnable>> gathered = new IdentityHashMap<>();
    private boolean scheduled;

    /** @param rooms the thread whose turns are gathered */
    public Handover(Loop rooms) {
        this.rooms = rooms;
    }

    /** Runs a task on the loop, in order with all others that are handed to it here. */
    public void run(Loop loop, Runnable task) {
        gathered.computeIfAbsent(loop, ignored -> new ArrayList<>()).add(task);
        if (!scheduled) {
            scheduled = true;
            rooms.execute(this::handOver); // runs after the batch that is being dispatched now
        }
    }

    private void handOver() {
        scheduled = false;
        gathered.forEach(Handover::handOver);
        gathered.clear();
    }

    private static void handOver(Loop loop, List<Runnable> tasks) {
        try {
            loop.execute(() -> tasks.forEach(Handover::run));
        } catch (RejectedExecutionException e) {
            LOG.atDebug().setCause(e).log("A loop has ended, and its sockets with it");
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("A task for the members of a room has failed");
        }
    }
}
