package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.Redis;
import java.util.Map;

/** Redis alone, and the build's own script that publishes, fifty calls sent together. */
final class PublishCell implements Cell {

    private static final int TOGETHER = 50;
    private static final int WARM = 20_000;
    private static final int MEASURED = 200_000;

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public String description() {
        return "Redis CPU of a publication, %d sent together".formatted(TOGETHER);
    }

    @Override
    public String unit() {
        return "us/message";
    }

    @Override
    public Figures run(Lab lab) {
        int share = lab.quick() ? 10 : 1;
        try (Redis redis = lab.redis();
                Publisher publisher = new Publisher(redis.port(), lab.service())) {
            publisher.publish(WARM / share, TOGETHER);
            double before = redis.cpuSeconds();
            publisher.publish(MEASURED / share, TOGETHER);
            double micros = 1e6 * (redis.cpuSeconds() - before) / MEASURED * share;
            return new Figures(micros, Map.of(), 0, 0, 0);
        }
    }
}
