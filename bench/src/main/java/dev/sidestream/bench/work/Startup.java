package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Node;
import dev.sidestream.bench.lab.QuickStart;
import dev.sidestream.bench.lab.Redis;
import java.util.List;
import java.util.stream.Stream;

/** From the start of the process to its first "ready", on all cores, laid out as in the image. */
final class Startup implements Benchmark {

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String description() {
        return "start to ready";
    }

    @Override
    public List<Row> run(Lab lab) {
        QuickStart service = lab.quickStart();
        try (Redis redis = lab.redis()) {
            List<Double> seconds = Stream.generate(() -> start(lab, redis, service))
                    .limit(lab.quick() ? 1 : 5)
                    .sorted()
                    .toList();
            double median = seconds.get(seconds.size() / 2);
            return List.of(new Row(
                    "start to ready",
                    Row.format("%.2f s (%.2f to %.2f)", median, seconds.getFirst(), seconds.getLast()),
                    "2.5 s",
                    median <= 2.5,
                    null,
                    null));
        }
    }

    private static double start(Lab lab, Redis redis, QuickStart service) {
        try (Node node = lab.nodeAnywhere(redis, service)) {
            return node.untilReady().toMillis() / 1e3;
        }
    }
}
