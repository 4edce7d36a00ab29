package dev.sidestream.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The nginx of this repository in front of one node, with one worker, and limits that do not limit the load. */
public final class Nginx implements AutoCloseable {

    private static final Map<String, String> UNLIMITED = Map.of(
            "SIDESTREAM_ACCESS_LOG", "/dev/null",
            "SIDESTREAM_SOCKETS_PER_ADDRESS", "60000",
            "SIDESTREAM_HANDSHAKES_PER_SECOND", "100000",
            "SIDESTREAM_HANDSHAKE_BURST", "100000");

    private final Program program;
    private final int port;

    private Nginx(Program program, int port) {
        this.program = program;
        this.port = port;
        Waiting.until("nginx answers", program, this::answers);
    }

    static Nginx start(Path directory, int node) {
        int port = Ports.free();
        Path folder = directory.resolve("nginx").toAbsolutePath();
        configure(folder, port, node);
        List<String> command = List.of(
                output("nginx/program").strip(), "-p", folder.toString(), "-c", "nginx.conf", "-g", "daemon off;");
        return new Nginx(Program.start("nginx", Core.SERVER, directory, false, command), port);
    }

    private static void configure(Path folder, int port, int node) {
        ProcessBuilder builder = new ProcessBuilder("nginx/configure", folder.toString()).inheritIO();
        builder.environment().putAll(UNLIMITED);
        builder.environment().put("SIDESTREAM_LISTEN", "127.0.0.1:" + port);
        builder.environment().put("SIDESTREAM_NODES", "127.0.0.1:" + node);
        builder.environment().put("SIDESTREAM_SITE", "127.0.0.1:" + node);
        try {
            Files.createDirectories(folder);
            Process process = builder.start();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new LabException("nginx/configure failed");
            }
            Path main = folder.resolve("nginx.conf");
            Files.writeString(main, Files.readString(main).replace("worker_processes auto", "worker_processes 1"));
        } catch (IOException e) {
            throw new LabException("Cannot configure nginx", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted", e);
        }
    }

    private static String output(String command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new LabException("There is no nginx: " + command + " failed");
            }
            return text;
        } catch (IOException e) {
            throw new LabException("Cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted", e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return worker() != 0;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** The process that does the work; 0 before it is there. */
    long worker() {
        return program.process()
                .children()
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(0);
    }

    /** Bytes of memory that the worker holds. */
    public long memory() {
        try (var lines = Files.lines(Path.of("/proc/" + worker() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new LabException("Cannot read what nginx holds", e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
