package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import dev.sidestream.bench.lab.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** 100 rooms of 5 members, first while a room of 10,000 on the same event loop is silent, then while it talks. */
final class BigRoomNeighbours implements Benchmark {

    private static final double SMALL_RATE = 200;
    private static final double BIG_RATE = 2;

    @Override
    public String name() {
        return "big-room-neighbours";
    }

    @Override
    public String description() {
        return "small rooms beside one of 10,000 members";
    }

    @Override
    public List<Row> run(Lab lab) {
        int big = Math.min(10_000, lab.mostConnections() - 500);
        try (Rig service = lab.service("--load", "small=500/100", "--load", "big=" + big + "/1")) {
            service.generator().connect();
            service.warm(SMALL_RATE, BIG_RATE);
            List<Measurement> alone = new ArrayList<>();
            List<Measurement> beside = new ArrayList<>();
            for (int i = 0; i < lab.repeats(); i++) {
                alone.add(service.measure(lab.seconds(), SMALL_RATE, 0));
                beside.add(service.measure(lab.seconds(), SMALL_RATE, BIG_RATE));
            }
            double before = small(medianByLatency(alone)).p99();
            Measurement cost = medianByLatency(beside);
            double after = small(cost).p99();
            return List.of(new Row(
                    "100 rooms x 5 beside 1 x " + big,
                    Row.format("p99 %.2f ms, %.2f ms without", after, before),
                    "2x of without",
                    after <= 2 * before && cost.step().wrong() == 0,
                    null,
                    cost));
        }
    }

    private static Step.Load small(Measurement measurement) {
        return measurement
                .step()
                .loads()
                .getOrDefault("small", measurement.step().load());
    }

    private static Measurement medianByLatency(List<Measurement> all) {
        return all.stream()
                .sorted(Comparator.comparingDouble(one -> small(one).p99()))
                .skip(all.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
