package dev.sidestream.bench;

import dev.sidestream.bench.lab.Build;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.lab.Machine;
import dev.sidestream.bench.work.Benchmark;
import dev.sidestream.bench.work.Row;
import dev.sidestream.bench.work.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                Build.in(Path.of("")),
                arguments.jvmOptions(),
                arguments.settings(),
                20_000,
                arguments.quick());
        String head = Machine.head(arguments.jvmOptions());
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
}
