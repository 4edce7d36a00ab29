package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import dev.sidestream.bench.lab.Step.Quantiles;
import java.util.List;

/** An idle node: from when a message is due to its ack, and to the last member of its room. */
final class Latency implements Benchmark {

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "publish to ack, and to the last member, idle";
    }

    @Override
    public List<Row> run(Lab lab) {
        try (Rig rig = lab.service("--load", "room=10/1", "--full")) {
            rig.generator().connect();
            rig.warm(1000);
            Measurement cost = rig.measure(4 * lab.seconds(), 50);
            return List.of(
                    row("publish to ack", cost.step().ack(), cost),
                    row("publish to last of 10", cost.step().last(), cost));
        }
    }

    private static Row row(String work, Quantiles millis, Measurement cost) {
        return new Row(
                work,
                Row.format("p50 %.2f ms, p99 %.2f ms", millis.p50(), millis.p99()),
                "p50 1 ms, p99 3 ms",
                millis.count() > 0
                        && millis.p50() <= 1
                        && millis.p99() <= 3
                        && cost.step().wrong() == 0,
                null,
                cost);
    }
}
