package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.lab.Rig;
import java.util.Map;

/**
 * Heap of a connection in which nothing happens, with its user, session watch and room, after a full collection. What the heap
 * holds then is left by class in {@code heap.txt} beside the build's logs.
 */
final class IdleHeapCell implements Cell {

    private static final int MOST_READINGS = 30;

    /** Bytes that two readings may differ by: less than a hundredth of what 1,000 connections have. */
    private static final long STILL = 20_000;

    @Override
    public String name() {
        return "idle-heap";
    }

    @Override
    public String description() {
        return "heap of an idle connection, 5,000 in 1,000 rooms, after a full collection";
    }

    @Override
    public String unit() {
        return "B/connection";
    }

    @Override
    public Figures run(Lab lab) {
        int connections = Math.min(lab.quick() ? 1_000 : 5_000, lab.mostConnections());
        try (Rig rig = lab.service("--load", "idle=" + connections + "/1000")) {
            // Once before, so that what the first ones leave behind is not counted.
            rig.generator().connect();
            rig.generator().disconnect();
            long before = settled(rig);
            rig.generator().connect();
            double bytes = (double) (settled(rig) - before) / connections;
            long open = rig.generator().hold(0.1).open();
            if (open != connections) {
                throw new LabException("Only " + open + " of " + connections + " connections stayed open");
            }
            rig.jvm().writeHistogram(lab.directory().resolve("heap.txt"));
            return new Figures(bytes, Map.of(), 0, 0, 0);
        }
    }

    /** Bytes in use once they change no more: a node that is busy hears late of who has come and gone. */
    private static long settled(Rig rig) {
        rig.generator().hold(1);
        long last = rig.jvm().live();
        for (int i = 0; i < MOST_READINGS; i++) {
            rig.generator().hold(1);
            long live = rig.jvm().live();
            if (Math.abs(live - last) < STILL) {
                return live;
            }
            last = live;
        }
        throw new LabException("The heap has not come to rest in " + MOST_READINGS + " s");
    }
}
