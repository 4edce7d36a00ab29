package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Jvm;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Rig;
import java.util.Map;

/**
 * Messages of rooms that have no members on the node, which reads them all the same: the node's CPU for each. Redis' is told
 * beside it, with the publishing in it.
 *
 * @param rate messages a second
 */
record ReadingCell(String name, int rate) implements Cell {

    private static final int WARM_SECONDS = 10;
    private static final int SECONDS = 8;
    private static final int BATCHES_A_SECOND = 1_000;

    @Override
    public String description() {
        return "a node's CPU of a message of a room without members there, %,d msg/s".formatted(rate);
    }

    @Override
    public String unit() {
        return "us/message";
    }

    @Override
    public Figures run(Lab lab) {
        try (Rig rig = lab.service("--load", "elsewhere=10/10");
                Publisher publisher = new Publisher(rig.redis().port(), lab.service())) {
            int together = Math.ceilDiv(rate, BATCHES_A_SECOND);
            rig.generator().connect();
            publisher.publish(rate * (lab.quick() ? 1 : WARM_SECONDS), together, rate);
            rig.generator().hold(lab.quick() ? 0.5 : 2);
            int count = rate * (lab.quick() ? 2 : SECONDS);
            Jvm jvm = rig.jvm();
            double process = jvm.cpuSeconds();
            double compilers = jvm.compilerSeconds();
            double redis = rig.redis().cpuSeconds();
            publisher.publish(count, together, rate);
            rig.generator().hold(0.2); // what was published last is read
            Cpu used = Cpu.of(
                    jvm.cpuSeconds() - process,
                    jvm.compilerSeconds() - compilers,
                    rig.redis().cpuSeconds() - redis);
            double server = 1e6 * used.server() / count;
            return new Figures(
                    server,
                    Map.of(Figures.SERVER, server, Figures.REDIS, 1e6 * used.redis() / count),
                    used.compilers(),
                    0,
                    0);
        }
    }
}
