package dev.sidestream.bench;

import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.work.Benchmark;
import dev.sidestream.bench.work.Row;
import dev.sidestream.bench.work.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Runs benchmarks and prints their table. Started by {@code bench/run}, which builds first and sets the scene. */
final class Bench {

    private Bench() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bench/run: " + e.getMessage() + "; see bench/run --help");
            System.exit(2);
            return;
        }
        Path target = Path.of("bench", "target");
        Lab lab = new Lab(
                target.resolve("results").toAbsolutePath(),
                target.resolve("generator").toAbsolutePath(),
                service(),
                arguments.jvmOptions(),
                arguments.settings(),
                arguments.quick());
        String head = head(arguments);
        System.out.println(head);
        List<Row> rows = new ArrayList<>();
        boolean failed = false;
        for (Benchmark benchmark : arguments.benchmarks()) {
            System.err.println("measuring " + benchmark.name() + ": " + benchmark.description());
            try {
                rows.addAll(benchmark.run(lab));
            } catch (LabException e) {
                failed = true;
                System.err.println(benchmark.name() + " failed: " + e.getMessage());
            }
        }
        String report = head + "\n\n" + Table.of(rows);
        System.out.println("\n" + Table.of(rows));
        Files.writeString(lab.directory().resolve("report.md"), report);
        System.out.println("Report, plots and logs: " + lab.directory());
        System.exit(failed ? 1 : 0);
    }

    private static Path service() throws IOException {
        try (var jars = Files.list(Path.of("ws-service", "target"))) {
            return jars.filter(jar -> jar.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .map(Path::toAbsolutePath)
                    .orElseThrow(() -> new LabException("ws-service is not built"));
        }
    }

    private static String head(Arguments arguments) throws IOException {
        String cpu;
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            cpu = lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse("unknown processor");
        }
        return String.join(
                "\n",
                Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", "
                        + Runtime.getRuntime().availableProcessors() + " x " + cpu + ", Linux "
                        + System.getProperty("os.version") + ", JDK " + Runtime.version(),
                Lab.pinning() + "; " + System.getProperty("sidestream.bench.network", "plain loopback"),
                "JVM of the servers: " + String.join(" ", arguments.jvmOptions()));
    }
}
