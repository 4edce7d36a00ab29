package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nginx of the PATH with the configuration of this repository, in front of a site and some nodes. */
public final class Nginx implements AutoCloseable {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(SIDESTREAM_[A-Z_]+)}");

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
                        "-g",
                        "daemon off; pid nginx.pid;"),
                Map.of());
        Await.until("nginx answers, see " + log, this::answers);
    }

    /** Whether there is an nginx to run. */
    public static boolean isInstalled() {
        return binary().isPresent();
    }

    static Nginx start(Path logs, int site, List<Integer> nodes) {
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

    private void configure(int site, List<Integer> nodes) {
        Path source = Repository.root().resolve("nginx");
        Map<String, String> values = new HashMap<>();
        values.put("SIDESTREAM_LISTEN", "127.0.0.1:" + port);
        values.put("SIDESTREAM_NODES", "sidestream_nodes");
        values.put("SIDESTREAM_SITE", "sidestream_site");
        values.put("SIDESTREAM_SITE_ADDRESS", "127.0.0.1:" + site);
        values.put(
                "SIDESTREAM_NODE_SERVERS",
                nodes.stream()
                        .map(node -> "server 127.0.0.1:" + node + " max_fails=0;")
                        .collect(Collectors.joining(" ")));
        values.put("SIDESTREAM_STATE", folder.resolve("state").toString());
        values.put("SIDESTREAM_ACCESS_LOG", accessLog.toString());
        // All clients of these tests share one address.
        values.put("SIDESTREAM_HANDSHAKES_PER_SECOND", "1000");
        values.put("SIDESTREAM_HANDSHAKE_BURST", "2000");
        values.put("SIDESTREAM_PAGES_PER_SECOND", "1000");
        values.put("SIDESTREAM_PAGE_BURST", "2000");
        values.put("SIDESTREAM_SOCKETS_PER_ADDRESS", "2000");
        try {
            Files.createDirectories(folder.resolve("state"));
            copy(source, folder);
            fill(
                    source.resolve("templates/sidestream.conf.template"),
                    folder.resolve("conf.d/sidestream.conf"),
                    values);
            fill(
                    source.resolve("upstreams/addresses.conf.template"),
                    folder.resolve("upstreams.d/addresses.conf"),
                    values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static void fill(Path template, Path target, Map<String, String> values) throws IOException {
        Files.createDirectories(target.getParent());
        Matcher matcher = VARIABLE.matcher(Files.readString(template));
        Files.writeString(target, matcher.replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("nginx's templates want " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        }));
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
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> new File(folder, "nginx"))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst();
    }
}
