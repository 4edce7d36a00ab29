package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Generator;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import dev.sidestream.bench.plot.Plot;
import dev.sidestream.bench.plot.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** How cost grows with members, rooms, nodes and payload; draws one plot of each. */
final class Growth implements Benchmark {

    private static final Map<String, ToDoubleFunction<Measurement>> COSTS = Map.of(
            "server, us/delivery", Growth::serverPerDelivery,
            "server, us/message", Growth::serverPerMessage,
            "Redis, us/message", Growth::redisPerMessage);

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String description() {
        return "cost over members, rooms, nodes and payload, with plots";
    }

    @Override
    public List<Row> run(Lab lab) {
        List<Row> rows = new ArrayList<>();
        int most = lab.mostConnections();
        rows.addAll(grow(
                lab,
                "members",
                "members of one room, 20 k deliveries/s",
                List.of(10, 100, 1000, 10_000),
                members -> one(
                        lab,
                        lab.service("--load", "room=" + Math.min(members, most) + "/1"),
                        Math.min(1000, 20_000.0 / members))));
        rows.addAll(grow(
                lab,
                "rooms",
                "rooms of 1 member (100,000: 10,000 of them), 1,000 messages/s",
                List.of(10, 100, 1000, 10_000, 100_000),
                rooms -> one(lab, RedisCpu.rooms(lab, rooms), 1000)));
        rows.addAll(grow(
                lab,
                "nodes",
                "nodes, 1,000 members of 100 rooms, 1,000 messages/s",
                List.of(1, 2, 3),
                nodes -> one(lab, lab.service(nodes, List.of(), "--load", "rooms=1000/100"), 1000)));
        rows.addAll(grow(
                lab,
                "payload",
                "bytes of payload, 100 members, 100 messages/s",
                List.of(16, 128, 1024, 4096, 16_384),
                bytes -> one(lab, lab.service("--load", "room=100/1", "--payload", Integer.toString(bytes)), 100)));
        return rows;
    }

    private static Measurement one(Lab lab, Rig rig, double rate) {
        try (rig) {
            rig.generator().connect();
            rig.warm(rate);
            List<Measurement> all = new ArrayList<>();
            for (int i = 0; i < lab.repeats(); i++) {
                all.add(rig.measure(lab.seconds(), rate));
            }
            return Measurement.median(all);
        }
    }

    private static List<Row> grow(
            Lab lab, String what, String axis, List<Integer> sizes, IntFunction<Measurement> measure) {
        List<Row> rows = new ArrayList<>();
        Map<String, List<Series.Point>> points = new java.util.TreeMap<>();
        for (int size : sizes) {
            Measurement cost = measure.apply(size);
            COSTS.forEach((name, of) -> points.computeIfAbsent(name, none -> new ArrayList<>())
                    .add(new Series.Point(size, Math.max(0.01, of.applyAsDouble(cost)))));
            rows.add(new Row(
                    Row.format("%s: %,d", what, size),
                    Row.format(
                            "server %.1f us/delivery, %.0f us/message; Redis %.0f us/message; p99 %.1f ms",
                            serverPerDelivery(cost),
                            serverPerMessage(cost),
                            redisPerMessage(cost),
                            cost.step().load().p99()),
                    "",
                    null,
                    null,
                    cost));
        }
        try {
            Plot.write(
                    lab.directory().resolve("growth-" + what + ".svg"),
                    "Cost by " + what,
                    axis,
                    "microseconds of CPU",
                    points.entrySet().stream()
                            .map(entry -> new Series(entry.getKey(), entry.getValue()))
                            .toList());
        } catch (IOException e) {
            throw new LabException("Cannot write the plot of " + what, e);
        }
        return rows;
    }

    private static double serverPerDelivery(Measurement cost) {
        return serverPerMessage(cost)
                * cost.step().sent()
                / Math.max(1, cost.step().delivered());
    }

    private static double serverPerMessage(Measurement cost) {
        double cpu = cost.step().cpu().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(Generator.SERVER))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return 1e6 * cpu / Math.max(1, cost.step().sent());
    }

    private static double redisPerMessage(Measurement cost) {
        return 1e6 * cost.step().cpu(Generator.REDIS) / Math.max(1, cost.step().sent());
    }
}
