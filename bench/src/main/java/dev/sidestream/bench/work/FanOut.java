package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import java.util.ArrayList;
import java.util.List;

/**
 * One room of 1,000 members. The baseline runs beside the service, step by step in turn, so that whatever else the machine does
 * meets both; it cannot follow above 100 messages a second, where its figure at 100 stands for the most that one send for each
 * delivery allows.
 */
final class FanOut implements Benchmark {

    private static final int BASELINE_MOST = 100;
    private static final String LOAD = "room=1000/1";

    private final String name;
    private final List<Target> targets;

    /**
     * @param rate messages a second
     * @param ratio deliveries a CPU second, in those of the baseline
     * @param p99 milliseconds
     */
    record Target(int rate, double ratio, double p99) {

        String goal() {
            return Row.format("%.2fx", ratio) + (Double.isInfinite(p99) ? "" : Row.format(", p99 %.0f ms", p99));
        }
    }

    static final Target AT_20 = new Target(20, 1.05, 15);
    static final Target AT_100 = new Target(100, 1.3, Double.POSITIVE_INFINITY);
    static final Target AT_400 = new Target(400, 7, 40);
    static final Target AT_1600 = new Target(1600, 12, 40);

    FanOut(String name, Target... targets) {
        this.name = name;
        this.targets = List.of(targets);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "1 room x 1,000 members, "
                + String.join(
                        ", ",
                        targets.stream()
                                .map(target -> Integer.toString(target.rate))
                                .toList()) + " msg/s";
    }

    @Override
    public List<Row> run(Lab lab) {
        try (Rig baseline = lab.baseline("--load", LOAD);
                Rig service = lab.service("--load", LOAD)) {
            baseline.generator().connect();
            service.generator().connect();
            baseline.warm(60);
            service.warm(200);
            List<Row> rows = new ArrayList<>();
            targets.forEach(target -> rows.add(measure(lab, target, baseline, service)));
            return rows;
        }
    }

    private static Row measure(Lab lab, Target target, Rig baseline, Rig service) {
        List<Measurement> ours = new ArrayList<>();
        List<Measurement> theirs = new ArrayList<>();
        for (int i = 0; i < lab.repeats(); i++) {
            theirs.add(baseline.measure(lab.seconds(), Math.min(target.rate, BASELINE_MOST)));
            ours.add(service.measure(lab.seconds(), target.rate));
        }
        Measurement median = Measurement.median(ours);
        double ratio = median.step().deliveriesPerCpuSecond()
                / Measurement.median(theirs).step().deliveriesPerCpuSecond();
        boolean met = ratio >= target.ratio
                && median.step().load().p99() <= target.p99
                && median.step().wrong() == 0;
        return new Row(
                "1 room x 1,000, " + target.rate + " msg/s", Row.deliveries(median), target.goal(), met, ratio, median);
    }
}
