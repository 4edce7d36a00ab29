package dev.sidestream.bench.lab;

import java.util.Map;

/** What the generator saw while it opened connections. */
public record Connected(
        double seconds,
        long open,
        long count,
        long failed,
        String reason,
        double p50,
        double p99,
        Map<String, Double> cpu,
        double foreign) {}
