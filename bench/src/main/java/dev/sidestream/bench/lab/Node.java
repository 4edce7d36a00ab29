package dev.sidestream.bench.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One node of the service: the jar that ships, with bounds that do not bound the load. */
public final class Node implements Server {

    /**
     * The load comes from one address, with more handshakes, rooms and messages a second than visitors may make; everything else is as
     * it ships.
     */
    private static final List<String> SETTINGS = List.of(
            "--sidestream.origin.allowed=http://localhost",
            "--sidestream.limits.connections-per-address=1000000",
            "--sidestream.limits.handshakes=1000000",
            "--sidestream.limits.rooms-per-minute=1000000",
            "--sidestream.limits.rate=100000",
            "--sidestream.limits.burst=1000000");

    private final Program program;
    private final int port;
    private final int managementPort;
    private final Jvm jvm;
    private final Duration untilReady;
    private final HttpClient http = HttpClient.newHttpClient();

    private Node(Program program, int port, int managementPort, Path gcLog, long started) {
        this.program = program;
        this.port = port;
        this.managementPort = managementPort;
        Waiting.until("the node is ready", program, this::isReady);
        this.untilReady = Duration.ofNanos(System.nanoTime() - started);
        this.jvm = Jvm.attach(program.pid(), gcLog);
    }

    static Node start(
            String name,
            Core core,
            Path directory,
            Path jar,
            List<String> jvmOptions,
            int redisPort,
            List<String> settings) {
        int port = Ports.free();
        int managementPort = Ports.free();
        Path gcLog = directory.resolve(name + ".gc.log");
        List<String> command = new ArrayList<>(Jvm.command(gcLog, jvmOptions));
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--spring.data.redis.port=" + redisPort));
        command.addAll(SETTINGS);
        command.addAll(settings);
        long started = System.nanoTime();
        return new Node(Program.start(name, core, directory, false, command), port, managementPort, gcLog, started);
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted", e);
        }
    }

    /** From the start of the process to the first readiness, including up to 5 ms of asking. */
    public Duration untilReady() {
        return untilReady;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return program.pid();
    }

    @Override
    public Jvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        http.close();
        jvm.close();
        program.close();
    }
}
