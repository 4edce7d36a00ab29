package dev.sidestream.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where measurements are made.
 *
 * @param directory for logs, cookies and plots
 * @param generator the load generator's binary
 * @param service the build that is measured
 * @param jvmOptions of every measured JVM
 * @param settings of every node beyond those of the build, as program arguments
 * @param logins how many sessions the site has
 * @param quick whether steps are short and few: shows that everything works, not how fast
 */
public record Lab(
        Path directory,
        Path generator,
        Build service,
        List<String> jvmOptions,
        List<String> settings,
        int logins,
        boolean quick) {

    /** What the peers were measured with, plus what the image adds. */
    public static final List<String> JVM =
            List.of("-Xms512m", "-Xmx1g", "-XX:+UseSerialGC", "-Dio.netty.leakDetection.level=disabled");

    public Lab {
        jvmOptions = List.copyOf(jvmOptions);
        settings = List.copyOf(settings);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new LabException("Cannot make " + directory, e);
        }
    }

    /** Seconds of a measured step. */
    public double seconds() {
        return quick ? 1.5 : 4;
    }

    /** The most steps of load before the first measured one; see {@link Rig#warm}. */
    public int warmSteps() {
        return quick ? 2 : 30;
    }

    /** How many times a step is measured; figures are medians. */
    public int repeats() {
        return quick ? 1 : 3;
    }

    /** The most connections that one node and the generator can have, by the limit of open files. */
    public int mostConnections() {
        try (var lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.trim().split("\\s+", -1)[4])
                    .mapToInt(limit -> limit.equals("unlimited") ? 1 << 20 : Integer.parseInt(limit))
                    .map(limit -> limit - 300)
                    .findFirst()
                    .orElse(1000);
        } catch (IOException e) {
            throw new LabException("Cannot read the limit of open files", e);
        }
    }

    public Rig baseline(String... load) {
        return Rig.baseline(this, List.of(load));
    }

    /** One node with Redis. */
    public Rig service(String... load) {
        return Rig.service(this, 1, Core.SERVER, List.of(), List.of(load));
    }

    /** One node with Redis that has the first core for itself: the node shares the generator's. */
    public Rig redisApart(String... load) {
        return Rig.service(this, 1, Core.GENERATOR, List.of(), List.of(load));
    }

    /** One node with Redis, with this repository's nginx between it and the load. */
    public Rig behindNginx(String... load) {
        return Rig.behindNginx(this, List.of(load));
    }

    /** So many nodes with one Redis, with further settings. */
    public Rig service(int nodes, List<String> settings, String... load) {
        return Rig.service(this, nodes, Core.SERVER, settings, List.of(load));
    }

    public Redis redis() {
        return Redis.start(directory);
    }

    /** The service as the image has it. */
    public QuickStart quickStart() {
        return QuickStart.of(this);
    }

    /** A node on whatever cores there are, for the time that its start takes. */
    public Node nodeAnywhere(Redis redis, QuickStart service) {
        return Node.start(
                "node",
                Core.ANY,
                directory,
                this.service.at(service.jar()),
                service.jvmOptions(),
                redis.port(),
                settings);
    }
}
