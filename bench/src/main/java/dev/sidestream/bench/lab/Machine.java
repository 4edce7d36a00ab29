package dev.sidestream.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a report says of where its figures come from. */
public final class Machine {

    private Machine() {}

    /** Time, processor, kernel and JDK; what was pinned where; the options of the measured JVMs: three lines. */
    public static String head(List<String> jvmOptions) {
        return String.join(
                "\n",
                Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", "
                        + Runtime.getRuntime().availableProcessors() + " x " + processor() + ", Linux "
                        + System.getProperty("os.version") + ", JDK " + Runtime.version(),
                Core.describe() + "; " + System.getProperty("sidestream.bench.network", "plain loopback"),
                "JVM of the servers: " + String.join(" ", jvmOptions));
    }

    /**
     * Keeps this program to the generator's core from now on, so that nothing but what is measured runs on the other one; does
     * nothing where nothing is pinned.
     */
    public static void stepAside() {
        List<String> command = Core.GENERATOR.prefix();
        if (command.isEmpty()) {
            return;
        }
        try {
            String pid = Long.toString(ProcessHandle.current().pid());
            Process process = new ProcessBuilder(command.getFirst(), "-apc", command.getLast(), pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new LabException("taskset cannot bind this program to core " + command.getLast());
            }
        } catch (IOException e) {
            throw new LabException("Cannot start taskset", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted", e);
        }
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse("unknown processor");
        } catch (IOException e) {
            throw new LabException("Cannot read what processor this is", e);
        }
    }
}
