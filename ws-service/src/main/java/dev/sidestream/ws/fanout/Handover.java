package dev.sidestream.ws.fanout;

import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.room.Outgoing;
import dev.sidestream.ws.room.RoomShard;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Gathers what one turn of the dispatcher has for each event loop, and hands it over as one task. Confined to the layer's
 * executor.
 */
final class Handover {

    private final Executor executor;
    private final Map<LoopState, List<Runnable>> gathered = new IdentityHashMap<>();
    private boolean scheduled;

    Handover(Executor executor) {
        this.executor = executor;
    }

    void append(RoomShard shard, Outgoing frame) {
        run(shard.loop(), () -> shard.append(frame));
    }

    /** Runs a task on the loop, in order with the frames. */
    void run(LoopState loop, Runnable task) {
        gathered.computeIfAbsent(loop, ignored -> new ArrayList<>()).add(task);
        if (!scheduled) {
            scheduled = true;
            executor.execute(this::handOver); // runs after the batch that is being dispatched now
        }
    }

    private void handOver() {
        scheduled = false;
        gathered.forEach((loop, tasks) -> loop.loop().execute(() -> tasks.forEach(Runnable::run)));
        gathered.clear();
    }
}
