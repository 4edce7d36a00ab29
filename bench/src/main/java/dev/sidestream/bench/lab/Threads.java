package dev.sidestream.bench.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * CPU time of a process's threads, as the kernel's scheduler counts it: to the nanosecond, where {@code /proc/<pid>/stat} has
 * hundredths of seconds. What threads used that have ended is not in it.
 */
final class Threads {

    private Threads() {}

    /** CPU seconds, user and kernel, that the threads of such names have used since they were started. */
    static double seconds(long pid, Predicate<String> name) {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                nanos += nanos(thread, name);
            }
        } catch (IOException e) {
            throw new LabException("Cannot read the threads of process " + pid, e);
        }
        return nanos / 1e9;
    }

    private static long nanos(Path thread, Predicate<String> name) {
        try {
            if (name.test(Files.readString(thread.resolve("comm")).trim())) {
                String running = Files.readString(thread.resolve("schedstat"));
                return Long.parseLong(running, 0, running.indexOf(' '), 10);
            }
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw new LabException("Cannot read " + thread, e);
            } // else it has ended meanwhile
        }
        return 0;
    }
}
