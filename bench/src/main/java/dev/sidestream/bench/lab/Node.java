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
import java.util.Map;

/** One node of the service: the jar that ships, with bounds that do not bound the load; see {@link Build}. */
public final class Node implements Server {

    private final Program program;
    private final int port;
    private final URI ready;
    private final Jvm jvm;
    private final Duration untilReady;
    private final HttpClient http = HttpClient.newHttpClient();

    private Node(Program program, int port, URI ready, Path gcLog, long started) {
        this.program = program;
        this.port = port;
        this.ready = ready;
        Waiting.until("the node is ready", program, this::isReady);
        this.untilReady = Duration.ofNanos(System.nanoTime() - started);
        this.jvm = Jvm.attach(program.pid(), gcLog);
    }

    static Node start(
            String name,
            Core core,
            Path directory,
            Build build,
            List<String> jvmOptions,
            int redisPort,
            List<String> settings) {
        int port = Ports.free();
        Map<String, String> ports = Map.of(
                "port",
                Integer.toString(port),
                "management",
                Integer.toString(Ports.free()),
                "redis",
                Integer.toString(redisPort));
        URI ready = URI.create(Build.fill(build.ready(), ports));
        Path gcLog = directory.resolve(name + ".gc.log");
        List<String> command = new ArrayList<>(Jvm.command(gcLog, jvmOptions));
        command.addAll(List.of("-jar", build.jar().toString()));
        build.arguments().forEach(argument -> command.add(Build.fill(argument, ports)));
        command.addAll(settings);
        long started = System.nanoTime();
        return new Node(Program.start(name, core, directory, false, command), port, ready, gcLog, started);
    }

    private boolean isReady() {
        HttpRequest request =
                HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
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
