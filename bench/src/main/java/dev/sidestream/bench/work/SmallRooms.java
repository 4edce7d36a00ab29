package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import java.util.ArrayList;
import java.util.List;

/** 1,000 rooms of 5 members each. */
final class SmallRooms implements Benchmark {

    private static final String LOAD = "rooms=5000/1000";
    private static final int RATE = 4000;

    @Override
    public String name() {
        return "small-rooms";
    }

    @Override
    public String description() {
        return "1,000 rooms x 5 members, 4,000 msg/s";
    }

    @Override
    public List<Row> run(Lab lab) {
        try (Rig baseline = lab.baseline("--load", LOAD);
                Rig service = lab.service("--load", LOAD)) {
            for (Rig rig : List.of(baseline, service)) {
                rig.generator().connect();
                rig.warm(RATE);
            }
            List<Measurement> ours = new ArrayList<>();
            List<Measurement> theirs = new ArrayList<>();
            for (int i = 0; i < lab.repeats(); i++) {
                theirs.add(baseline.measure(lab.seconds(), RATE));
                ours.add(service.measure(lab.seconds(), RATE));
            }
            Measurement median = Measurement.median(ours);
            double rate = median.step().deliveriesPerCpuSecond();
            boolean met = rate >= 45_000
                    && median.step().load().p99() <= 10
                    && median.step().wrong() == 0;
            double ratio = rate / Measurement.median(theirs).step().deliveriesPerCpuSecond();
            return List.of(new Row(
                    "1,000 rooms x 5, 4,000 msg/s",
                    Row.deliveries(median),
                    "45 k/CPU s, p99 10 ms",
                    met,
                    ratio,
                    median));
        }
    }
}
