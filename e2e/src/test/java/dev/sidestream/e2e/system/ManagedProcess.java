package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that a test has started, with all it prints in a file. When this JVM ends, so does the process. */
public final class ManagedProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<Process> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALL.forEach(ManagedProcess::destroy), "end-processes"));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private ManagedProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        ALL.add(process);
    }

    /** Starts it; what it prints is added to the log. */
    static ManagedProcess start(String name, Path log, List<String> command, Map<String, String> environment) {
        return start(name, Path.of("").toAbsolutePath(), log, command, environment);
    }

    /** The same in a folder. */
    static ManagedProcess start(
            String name, Path folder, Path log, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ManagedProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name without SIG. */
    public void signal(String signal) {
        Signals.send(process.pid(), signal);
    }

    /** SIGKILL, to its children too, and waits for the end. */
    public void kill() {
        destroy(process);
        awaitExit();
    }

    /** Waits for the end and says how it ended. */
    public int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /** The same for what may take longer, or must not. */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + patience + ", see " + log);
            }
            ALL.remove(process);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that it, and those that wrote to the same log before it, have printed. */
    public String log() {
        return read(log);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        ALL.remove(process);
    }

    /** Children first: they would outlive it. */
    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** A log may hold any bytes of a path that a test made up; those that are no UTF-8 are replaced. */
    static String read(Path log) {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
