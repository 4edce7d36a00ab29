package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Generator;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Measurement;
import dev.sidestream.bench.lab.Rig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a message costs Redis: the publish, both appends and the read of one node. Redis has its core for itself, as the
 * figures have that the goal stands on: beside a node it finds its caches cold at each of the node's turns, which is
 * measured in every other work's column for Redis.
 */
final class RedisCpu implements Benchmark {

    @Override
    public String name() {
        return "redis-cpu";
    }

    @Override
    public String description() {
        return "Redis CPU of a message, in few rooms and in many";
    }

    @Override
    public List<Row> run(Lab lab) {
        List<Row> rows = new ArrayList<>();
        for (int rooms : List.of(10, 100_000)) {
            try (Rig rig = rooms(lab, rooms)) {
                rig.generator().connect();
                rig.warm(1000);
                rows.add(measure(lab, rig, rooms, 1000, 70));
                rows.add(measure(lab, rig, rooms, 10_000, 12));
            }
        }
        return rows;
    }

    /** A node with one member in each of so many rooms, or in each of the first 10,000, where the others only exist. */
    static Rig rooms(Lab lab, int rooms) {
        int members = Math.min(rooms, Math.min(10_000, lab.mostConnections()));
        Rig rig = lab.redisApart("--load", "rooms=" + members + "/" + members);
        if (members < rooms) {
            rig.fillRooms(rooms);
        }
        return rig;
    }

    private static Row measure(Lab lab, Rig rig, int rooms, double rate, double goal) {
        List<Measurement> all = new ArrayList<>();
        for (int i = 0; i < lab.repeats(); i++) {
            all.add(rig.measure(lab.seconds(), rate));
        }
        Measurement median = all.stream()
                .sorted(Comparator.comparingDouble(RedisCpu::micros))
                .skip(all.size() / 2)
                .findFirst()
                .orElseThrow();
        double micros = micros(median);
        return new Row(
                Row.format("Redis, %,d rooms, %,.0f msg/s", rooms, rate),
                Row.format("%.1f us/message", micros),
                Row.format("%.0f us", goal),
                micros <= goal && median.step().wrong() == 0,
                null,
                median);
    }

    private static double micros(Measurement measurement) {
        return 1e6
                * measurement.step().cpu(Generator.REDIS)
                / Math.max(1, measurement.step().sent());
    }
}
