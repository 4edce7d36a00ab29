package dev.sidestream.bench;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.work.Benchmark;
import dev.sidestream.bench.work.Benchmarks;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param benchmarks what to measure
 * @param jvmOptions of the measured JVMs
 * @param settings of the nodes
 * @param quick short steps
 */
record Arguments(List<Benchmark> benchmarks, List<String> jvmOptions, List<String> settings, boolean quick) {

    /** Fails with IllegalArgumentException on anything that it does not know. */
    static Arguments parse(String[] args) {
        List<Benchmark> benchmarks = new ArrayList<>();
        List<String> jvmOptions = new ArrayList<>(Lab.JVM);
        List<String> settings = new ArrayList<>();
        boolean quick = false;
        for (String arg : args) {
            if (arg.equals("--quick")) {
                quick = true;
            } else if (arg.startsWith("--jvm=")) {
                jvmOptions.addAll(List.of(arg.substring(6).split(" ")));
            } else if (arg.startsWith("--set=")) {
                settings.add("--" + arg.substring(6));
            } else if (arg.equals("all")) {
                benchmarks.addAll(Benchmarks.ALL);
            } else {
                benchmarks.add(Benchmarks.stream()
                        .filter(benchmark -> benchmark.name().equals(arg))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("nothing is called " + arg)));
            }
        }
        return new Arguments(benchmarks.isEmpty() ? Benchmarks.ALL : benchmarks, jvmOptions, settings, quick);
    }
}
