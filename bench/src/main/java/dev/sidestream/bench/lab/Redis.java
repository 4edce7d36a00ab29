package dev.sidestream.bench.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A Redis of its own, without persistence: the {@code redis-server} of the PATH, else the one that embedded-redis carries. */
public final class Redis implements AutoCloseable {

    private final Program program;
    private final int port;

    private Redis(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    static Redis start(Path directory) {
        int port = Ports.free();
        Program program = Program.start(
                "redis",
                Core.SERVER,
                directory,
                false,
                List.of(
                        binary(directory).toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--maxclients",
                        "1000"));
        Redis redis = new Redis(program, port);
        Waiting.until("Redis answers", program, redis::answers);
        return redis;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path binary(Path directory) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> unpack(directory.resolve("redis-server")));
    }

    private static Path unpack(Path target) {
        boolean arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64");
        String name = arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
        if (Files.isExecutable(target)) {
            return target;
        }
        try (InputStream in = Redis.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new LabException("No redis-server on the PATH, and none in embedded-redis for this machine");
            }
            Files.copy(in, target);
            if (!target.toFile().setExecutable(true)) {
                throw new LabException("Cannot make " + target + " executable");
            }
            return target;
        } catch (IOException e) {
            throw new LabException("Cannot unpack " + name + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    /** CPU seconds that it has used since its start. */
    public double cpuSeconds() {
        return Threads.seconds(pid(), name -> true);
    }

    long pid() {
        return program.pid();
    }

    @Override
    public void close() {
        program.close();
    }
}
