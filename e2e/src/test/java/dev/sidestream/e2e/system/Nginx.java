package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An nginx with the configuration of this repository, in front of a site and some nodes. It is the one of the PATH, or
 * one unpacked from the distribution's package.
 */
public final class Nginx implements AutoCloseable {

    private final int port;
    private final Path log;
    private final Path accessLog;
    private final ManagedProcess process;

    /** Starts one that is configured. */
    private Nginx(Path folder, Path log, Path accessLog, int port) {
        this.port = port;
        this.log = log;
        this.accessLog = accessLog;
        process = ManagedProcess.start(
                "nginx",
                log,
                List.of(
                        binary().orElseThrow(),
                        "-p",
                        folder + "/",
                        "-c",
                        "nginx.conf",
                        "-e",
                        "stderr",
                        "-g",
                        "daemon off;"),
                Map.of());
        Await.until("nginx answers, see " + log, this::answers);
    }

    /** Whether there is an nginx to run. */
    public static boolean isInstalled() {
        return binary().isPresent();
    }

    /** Starts it and waits until it takes connections. */
    public static Nginx start(Path logs, int site, List<Integer> nodes) {
        return start(logs, logs.resolve("nginx-access.log").toString(), site, nodes);
    }

    /** Starts one that writes no access log. */
    public static Nginx startWithoutAccessLog(Path logs, int site, List<Integer> nodes) {
        return start(logs, "off", site, nodes);
    }

    private static Nginx start(Path logs, String accessLog, int site, List<Integer> nodes) {
        Path folder = logs.resolve("nginx");
        int port = FreePorts.next();
        configure(folder, accessLog, port, site, nodes);
        return new Nginx(folder, logs.resolve("nginx.log"), logs.resolve(accessLog), port);
    }

    /** Starts one with the lines that the recipes show instead of our own configuration; each site has a port. */
    static Nginx startAsRecipesSay(Path logs, Map<Integer, RecipeFront.Front> sites, List<Integer> nodes) {
        Path folder = logs.resolve("nginx-of-recipes");
        Path accessLog = logs.resolve("nginx-of-recipes-access.log");
        RecipeFront.write(folder, accessLog, sites, nodes);
        return new Nginx(
                folder,
                logs.resolve("nginx-of-recipes.log"),
                accessLog,
                sites.keySet().iterator().next());
    }

    /** Where visitors come in. */
    public int port() {
        return port;
    }

    /** Reads its configuration again: new workers take over, the old ones keep their sockets for a while. */
    public void reload() {
        process.signal("HUP");
    }

    /** The processes that serve connections now, those that only wait for their last ones to end included. */
    public Set<Long> workers() {
        return ProcessHandle.of(process.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** All that it has printed, with its access log. */
    public String log() {
        return ManagedProcess.read(log) + ManagedProcess.read(accessLog);
    }

    @Override
    public void close() {
        process.signal("QUIT");
        process.close();
    }

    private static void configure(Path folder, String accessLog, int port, int site, List<Integer> nodes) {
        Map<String, String> settings = Map.of(
                "SIDESTREAM_LISTEN", "127.0.0.1:" + port,
                "SIDESTREAM_SITE", "127.0.0.1:" + site,
                "SIDESTREAM_NODES",
                        nodes.stream().map(node -> "127.0.0.1:" + node).collect(Collectors.joining(" ")),
                "SIDESTREAM_ACCESS_LOG", accessLog,
                // All clients of these tests share one address.
                "SIDESTREAM_SOCKETS_PER_ADDRESS", "2000",
                "SIDESTREAM_HANDSHAKES_PER_SECOND", "1000",
                "SIDESTREAM_HANDSHAKE_BURST", "2000",
                "SIDESTREAM_PAGES_PER_SECOND", "1000",
                "SIDESTREAM_PAGE_BURST", "2000");
        if (run(settings, "configure", folder.toString()).isEmpty()) {
            throw new IllegalStateException("nginx/configure failed");
        }
    }

    /** What a program of the folder nginx/ printed; empty when it failed, which it then said on standard error. */
    private static Optional<String> run(Map<String, String> environment, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Repository.root().resolve("nginx").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(printed.strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("nginx ended with " + process.awaitExit() + "\n" + log());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Optional<String> binary() {
        return run(Map.of(), "program");
    }
}
