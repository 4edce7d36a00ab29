package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One executable jar of ours as a process, on ports of its own that stay the same when it is started again. Not safe for
 * several threads.
 */
public final class Service implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String name;
    private final Path jar;
    private final Path log;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private ManagedProcess process;

    Service(String name, Path jar, Path logs, Map<String, String> properties) {
        this.name = name;
        this.jar = jar;
        this.log = logs.resolve(name + ".log");
        this.properties.putAll(properties);
        this.properties.put("server.port", Integer.toString(port));
        this.properties.put("management.server.port", Integer.toString(managementPort));
    }

    public String name() {
        return name;
    }

    /** Where visitors are served. */
    public int port() {
        return port;
    }

    /** Where health and metrics are. */
    public int managementPort() {
        return managementPort;
    }

    public ManagedProcess process() {
        return process;
    }

    /** Adds settings for the next start. */
    void set(Map<String, String> more) {
        properties.putAll(more);
    }

    /** Starts the process and returns at once. */
    public void launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar.toString()));
        properties.forEach((key, value) -> command.add("--" + key + "=" + value));
        process = ManagedProcess.start(name, log, command, Map.of());
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() {
        Await.until(name + " is ready, see " + log, START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with " + process.awaitExit() + "\n" + tail());
            }
            return isReady();
        });
    }

    /** Whether it would be sent visitors. */
    public boolean isReady() {
        return status("/actuator/health/readiness") == 200;
    }

    /** The status of a page of the management port; 0 when nothing answers. */
    public int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The sum of a meter over all its tags, as Prometheus reads it; 0 when there is none. */
    public double metric(String meter) {
        return metric(meter, "");
    }

    /** The same, over those with a tag such as {@code code="4108"}. */
    public double metric(String meter, String tag) {
        try {
            return get("/actuator/prometheus")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(meter + "{") || line.startsWith(meter + " "))
                    .filter(line -> line.contains(tag))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new AssertionError(name + " does not answer", e);
        }
    }

    /** Posts JSON to the management port. */
    public int post(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(management(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)))
                .statusCode();
    }

    /** All of its meters, as Prometheus reads them. */
    public String metrics() {
        try {
            return get("/actuator/prometheus").body();
        } catch (IOException e) {
            throw new AssertionError(name + " does not answer", e);
        }
    }

    /** All that it has printed. */
    public String log() {
        return ManagedProcess.read(log);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private String tail() {
        String all = log();
        return all.substring(Math.max(0, all.length() - 4_000));
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(management(path)));
    }

    private URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
