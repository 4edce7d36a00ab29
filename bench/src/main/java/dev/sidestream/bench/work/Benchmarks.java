package dev.sidestream.bench.work;

import java.util.List;
import java.util.stream.Stream;

/** All that can be measured, in the order of the report. */
public final class Benchmarks {

    /** Those that {@code all} stands for. */
    public static final List<Benchmark> ALL = List.of(
            new FanOut("fanout", FanOut.AT_20, FanOut.AT_100, FanOut.AT_400, FanOut.AT_1600),
            new SmallRooms(),
            new BigRoomNeighbours(),
            new Idle(),
            new Handshakes(),
            new Logout(),
            new RedisCpu(),
            new ThroughNginx(),
            new Latency(),
            new Many(),
            new Startup(),
            new Growth());

    /** Parts of those, for one's own use. */
    private static final List<Benchmark> PARTS = List.of(
            new FanOut("fanout-20", FanOut.AT_20),
            new FanOut("fanout-100", FanOut.AT_100),
            new FanOut("fanout-400", FanOut.AT_400),
            new FanOut("fanout-1600", FanOut.AT_1600));

    private Benchmarks() {}

    public static Stream<Benchmark> stream() {
        return Stream.concat(ALL.stream(), PARTS.stream());
    }
}
