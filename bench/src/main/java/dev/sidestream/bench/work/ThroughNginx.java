package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Generator;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import java.util.ArrayList;
import java.util.List;

/** What nginx costs in front of a node: CPU of a delivery, memory of a connection. */
final class ThroughNginx implements Benchmark {

    private static final int MEMBERS = 1_000;

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String description() {
        return "1 room x 1,000 members through nginx";
    }

    @Override
    public List<Row> run(Lab lab) {
        try (Rig rig = lab.behindNginx("--load", "fanout=" + MEMBERS + "/1")) {
            long before = rig.nginx().memory();
            rig.generator().connect();
            rig.generator().hold(1);
            double bytes = (double) (rig.nginx().memory() - before) / MEMBERS;
            rig.warm(100);
            List<Row> rows = new ArrayList<>();
            for (int rate : new int[] {20, 100, 400}) {
                rows.add(measure(lab, rig, rate));
            }
            rows.add(new Row(
                    "a connection through nginx",
                    Row.format("%.1f KB of its worker's memory", bytes / 1024),
                    "",
                    null,
                    null,
                    null));
            return rows;
        }
    }

    private static Row measure(Lab lab, Rig rig, int rate) {
        List<Measurement> all = new ArrayList<>();
        for (int i = 0; i < lab.repeats(); i++) {
            all.add(rig.measure(lab.seconds(), rate));
        }
        Measurement median = Measurement.median(all);
        double deliveries = Math.max(1, median.step().delivered());
        return new Row(
                "1 room x 1,000 through nginx, " + rate + " msg/s",
                Row.format(
                        "nginx %.2f us, node %.2f us of CPU a delivery; p99 %.1f ms",
                        1e6 * median.step().cpu(Generator.NGINX) / deliveries,
                        1e6 * median.step().cpu(Generator.SERVER) / deliveries,
                        median.step().load().p99()),
                "",
                null,
                null,
                median);
    }
}
