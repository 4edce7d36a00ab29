package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Rig;
import dev.sidestream.bench.lab.Step;

/**
 * Members of rooms who get each other's messages: CPU of a delivery.
 *
 * @param rooms that the members are spread over
 * @param rate messages a second in all rooms together
 * @param warmRate messages a second before the measurement, for {@link #WARM_SECONDS}
 */
record RoomCell(String name, int members, int rooms, int rate, int warmRate) implements Cell {

    private static final double WARM_SECONDS = 20;
    private static final double SECONDS = 8;

    /** The compiler finishes what the warm-up has left it. */
    private static final double REST_SECONDS = 2;

    @Override
    public String description() {
        return "CPU of a delivery: %,d members in rooms of %,d, %,d msg/s in all"
                .formatted(members, members / rooms, rate);
    }

    @Override
    public String unit() {
        return "us/delivery";
    }

    @Override
    public Figures run(Lab lab) {
        try (Rig rig = lab.service("--load", "rooms=" + members + "/" + rooms)) {
            rig.generator().connect();
            rig.generator().step(lab.quick() ? 2 : WARM_SECONDS, warmRate);
            rig.generator().hold(lab.quick() ? 0.5 : REST_SECONDS);
            double compilers = rig.jvm().compilerSeconds();
            Step step = rig.generator().step(lab.quick() ? 2 : SECONDS, rate);
            Cpu used = Cpu.of(step.cpu(), rig.jvm().compilerSeconds() - compilers);
            long wrong = step.wrong() + step.closed() + step.errors();
            return Figures.both(Math.max(1, step.delivered()), used, wrong, step.foreign());
        }
    }
}
