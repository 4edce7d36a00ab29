package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Rig;
import java.util.List;

/** What one more connection costs while nothing happens: heap after a full collection, with its user, session watch and room. */
final class Idle implements Benchmark {

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String description() {
        return "heap of an idle connection";
    }

    @Override
    public List<Row> run(Lab lab) {
        int connections = Math.min(10_000, lab.mostConnections());
        double baseline;
        try (Rig rig = lab.baseline("--load", "idle=" + connections + "/1000")) {
            baseline = perConnection(rig, connections);
        }
        try (Rig rig = lab.service("--load", "idle=" + connections + "/1000")) {
            double service = perConnection(rig, connections);
            double cpu = rig.generator().hold(lab.seconds()).cpu().getOrDefault("server", 0.0) / lab.seconds();
            return List.of(new Row(
                    "idle connection, 1,000 rooms",
                    Row.format("%.2f KB of heap; %d of them use %.1f%% CPU", service / 1024, connections, 100 * cpu),
                    "3 KB",
                    service <= 3 * 1024,
                    service / baseline,
                    null));
        }
    }

    /** Opens and closes them once before, so that what the first ones leave behind is not counted. */
    private static double perConnection(Rig rig, int connections) {
        rig.generator().connect();
        rig.generator().disconnect();
        rig.generator().hold(1);
        long before = rig.jvm().live();
        rig.generator().connect();
        rig.generator().hold(2);
        return (double) (rig.jvm().live() - before) / connections;
    }
}
