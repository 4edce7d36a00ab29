package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import java.util.List;

/** As many connections as the limit of open files lets in, up to 20,000, in rooms of 20, for ten minutes. */
final class Many implements Benchmark {

    private static final int MOST = 20_000;

    @Override
    public String name() {
        return "many";
    }

    @Override
    public String description() {
        return "20,000 connections, 20,000 deliveries/s, for ten minutes";
    }

    @Override
    public List<Row> run(Lab lab) {
        int connections = Math.min(MOST, lab.mostConnections()) / 20 * 20;
        double seconds = lab.quick() ? 20 : 600;
        try (Rig rig = lab.service("--load", "rooms=" + connections + "/" + connections / 20)) {
            rig.generator().connect();
            rig.warm(1000);
            rig.jvm().live();
            Measurement cost = rig.measure(seconds, 1000);
            boolean met = cost.pauses().p99() <= 10
                    && cost.pauses().full() == 0
                    && cost.step().wrong() == 0
                    && cost.step().closed() == 0;
            return List.of(new Row(
                    Row.format("%,d connections, %.0f s", connections, seconds),
                    Row.format(
                            "pauses p99 %.1f ms, %d full, p99 %.1f ms",
                            cost.pauses().p99(),
                            cost.pauses().full(),
                            cost.step().load().p99()),
                    "pauses p99 10 ms, none full",
                    met,
                    null,
                    cost));
        }
    }
}
