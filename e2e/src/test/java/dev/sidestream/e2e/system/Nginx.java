package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nginx of the PATH, or the one that ./run has unpacked, with the configuration of this repository, in front of a site and some nodes. */
public final class Nginx implements AutoCloseable {

    private final int port = FreePorts.next();
    private final Path folder;
    private final Path log;
    private final Path accessLog;
    private final ManagedProcess process;

    private Nginx(Path logs, int site, List<Integer> nodes) {
        folder = logs.resolve("nginx");
        log = logs.resolve("nginx.log");
        accessLog = logs.resolve("nginx-access.log");
        configure(site, nodes);
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
                        mainDirectives()),
                Map.of());
        Await.until("nginx answers, see " + log, this::answers);
    }

    /** Whether there is an nginx to run. */
    public static boolean isInstalled() {
        return binary().isPresent();
    }

    /** Starts it and waits until it takes connections. */
    public static Nginx start(Path logs, int site, List<Integer> nodes) {
        return new Nginx(logs, site, nodes);
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

    /** Does what an operator does: fills the templates in by the script that comes with them. */
    private void configure(int site, List<Integer> nodes) {
        Map<String, String> settings = Map.of(
                "SIDESTREAM_LISTEN", "127.0.0.1:" + port,
                "SIDESTREAM_SITE", "127.0.0.1:" + site,
                "SIDESTREAM_NODES",
                        nodes.stream().map(node -> "127.0.0.1:" + node).collect(Collectors.joining(" ")),
                "SIDESTREAM_ACCESS_LOG", accessLog.toString(),
                // All clients of these tests share one address.
                "SIDESTREAM_SOCKETS_PER_ADDRESS", "2000",
                "SIDESTREAM_HANDSHAKES_PER_SECOND", "1000",
                "SIDESTREAM_HANDSHAKE_BURST", "2000",
                "SIDESTREAM_PAGES_PER_SECOND", "1000",
                "SIDESTREAM_PAGE_BURST", "2000");
        String script = Repository.root().resolve("nginx/configure").toString();
        try (ManagedProcess configure =
                ManagedProcess.start("configure", log, List.of("sh", script, folder.toString()), settings)) {
            if (configure.awaitExit() != 0) {
                throw new IllegalStateException("nginx/configure failed: " + configure.log());
            }
        }
    }

    /** As root the workers would become nobody, who cannot look into this folder. */
    private static String mainDirectives() {
        return "daemon off;" + ("root".equals(System.getProperty("user.name")) ? " user root;" : "");
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
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of(
                                "/usr/sbin",
                                Repository.root().resolve(".run/nginx").toString()))
                .map(folder -> new File(folder, "nginx"))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst();
    }
}
