package dev.sidestream.ws.delivery;

import dev.sidestream.ws.connection.Loop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Gathers what one turn of the rooms' thread has for each event loop, and hands it over as one task. Confined to the layer's
 * executor.
 */
public final class Handover {

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
        gathered.forEach((loop, tasks) -> loop.execute(() -> tasks.forEach(Runnable::run)));
        gathered.clear();
    }
}
