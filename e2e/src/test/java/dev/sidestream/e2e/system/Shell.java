package dev.sidestream.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs what a page says, as somebody at a terminal would. */
public final class Shell {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Shell() {}

    /** Whether a program is on the path. */
    public static boolean has(String program) {
        return run(Path.of("").toAbsolutePath(), Map.of(), "command -v " + program)
                .succeeded();
    }

    /** Runs a script in a folder, with nothing to read from standard input, and waits for its end. */
    public static Result run(Path folder, Map<String, String> environment, String script) {
        try {
            Path log = Files.createTempFile("shell", ".log");
            try (ManagedProcess bash = start(folder, log, environment, script, "/dev/null")) {
                int exit = bash.awaitExit(PATIENCE);
                return new Result(exit, bash.log());
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a script that goes on until it is ended, and reads from a file or a pipe. */
    public static ManagedProcess start(
            Path folder, Path log, Map<String, String> environment, String script, String input) {
        Map<String, String> all = new HashMap<>(environment);
        String websocat = Websocat.folder();
        if (websocat != null) {
            all.put("PATH", System.getenv("PATH") + ":" + websocat);
        }
        return ManagedProcess.start("bash", folder, log, List.of("bash", "-c", "exec <" + input + "\n" + script), all);
    }

    /**
     * How a script ended.
     *
     * @param exit its exit status
     * @param output what it printed, errors included
     */
    public record Result(int exit, String output) {

        public boolean succeeded() {
            return exit == 0;
        }
    }
}
