package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Connected;
import dev.sidestream.bench.lab.Generator;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Rig;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Connections that come and go, each with another session, so that every one of them is looked up in Redis. */
final class Handshakes implements Benchmark {

    private static final String LOAD = "churn=10000/1000";

    @Override
    public String name() {
        return "handshakes";
    }

    @Override
    public String description() {
        return "handshakes with a session look-up";
    }

    @Override
    public List<Row> run(Lab lab) {
        double baseline;
        try (Rig rig = lab.baseline("--load", LOAD, "--sources", "8")) {
            baseline = perCpuSecond(median(lab, rig));
        }
        try (Rig rig = lab.service("--load", LOAD, "--sources", "8")) {
            Connected median = median(lab, rig);
            double rate = perCpuSecond(median);
            return List.of(new Row(
                    "handshakes with a session",
                    Row.format(
                            "%.0f /CPU s, Redis %.0f us each, p99 %.1f ms",
                            rate, 1e6 * median.cpu().getOrDefault(Generator.REDIS, 0.0) / median.count(), median.p99()),
                    "5,000 /CPU s",
                    rate >= 5_000 && median.failed() == 0,
                    rate / baseline,
                    null));
        }
    }

    private static Connected median(Lab lab, Rig rig) {
        rig.warmByChurn();
        return Stream.generate(() -> rig.generator().churn(lab.seconds()))
                .limit(lab.repeats())
                .sorted(Comparator.comparingDouble(Handshakes::perCpuSecond))
                .skip(lab.repeats() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double perCpuSecond(Connected churn) {
        return churn.count() / churn.cpu().getOrDefault(Generator.SERVER, Double.NaN);
    }
}
