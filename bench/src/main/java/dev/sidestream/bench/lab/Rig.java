package dev.sidestream.bench.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Server, Redis and generator, ready for steps. Closing it ends them all. */
public final class Rig implements AutoCloseable {

    /** Share of the time that the compiler may use in what is measured. */
    private static final double COMPILING = 0.02;

    /** Its next round may begin after a quiet step: so many in a row must be quiet. */
    private static final int QUIET_STEPS = 3;

    private final Lab lab;
    private final @Nullable Redis redis;
    private final @Nullable Nginx nginx;
    private final List<Server> servers;
    private final Generator generator;

    private Rig(Lab lab, @Nullable Redis redis, @Nullable Nginx nginx, List<Server> servers, Generator generator) {
        this.lab = lab;
        this.redis = redis;
        this.nginx = nginx;
        this.servers = servers;
        this.generator = generator;
        for (int i = 0; i < servers.size(); i++) {
            generator.watch(
                    i == 0 ? Generator.SERVER : Generator.SERVER + (i + 1),
                    servers.get(i).pid());
        }
        if (redis != null) {
            generator.watch(Generator.REDIS, redis.pid());
        }
        if (nginx != null) {
            generator.watch(Generator.NGINX, nginx.worker());
        }
    }

    static Rig baseline(Lab lab, List<String> load) {
        List<Server> servers = List.of(Baseline.start(lab.directory(), lab.jvmOptions()));
        return new Rig(
                lab, null, null, servers, Generator.start(lab.generator(), lab.directory(), ports(servers), load));
    }

    static Rig service(Lab lab, int nodes, Core core, List<String> settings, List<String> load) {
        return service(lab, nodes, core, false, settings, load);
    }

    static Rig behindNginx(Lab lab, List<String> load) {
        return service(lab, 1, Core.SERVER, true, List.of(), load);
    }

    private static List<Integer> ports(List<Server> servers) {
        return servers.stream().map(Server::port).toList();
    }

    private static Rig service(
            Lab lab, int nodes, Core core, boolean proxied, List<String> settings, List<String> load) {
        Redis redis = Redis.start(lab.directory());
        Path cookies = lab.directory().resolve("cookies");
        Logins.seed(redis.port(), lab.logins(), cookies);
        List<String> all =
                Stream.concat(lab.settings().stream(), settings.stream()).toList();
        List<Server> servers = new ArrayList<>();
        for (int i = 1; i <= nodes; i++) {
            servers.add(
                    Node.start("node" + i, core, lab.directory(), lab.service(), lab.jvmOptions(), redis.port(), all));
        }
        List<String> options = Stream.concat(load.stream(), Stream.of("--cookies", cookies.toString()))
                .toList();
        Nginx nginx = proxied ? Nginx.start(lab.directory(), servers.getFirst().port()) : null;
        List<Integer> ports = nginx == null ? ports(servers) : List.of(nginx.port());
        return new Rig(lab, redis, nginx, servers, Generator.start(lab.generator(), lab.directory(), ports, options));
    }

    public Generator generator() {
        return generator;
    }

    /** Brings so many rooms to life that nobody is in, unless a connection's room is among them. */
    public void fillRooms(int rooms) {
        if (redis != null) {
            Rooms.fill(redis.port(), rooms);
        }
    }

    /** The site whose sessions the nodes read. */
    public Site site() {
        return new Site(redis().port(), lab.directory().resolve("cookies"));
    }

    /** The nginx in front. */
    public Nginx nginx() {
        if (nginx == null) {
            throw new LabException("No nginx stands in front here");
        }
        return nginx;
    }

    /** The first server's port. */
    public int port() {
        return servers.getFirst().port();
    }

    /** The Redis behind the servers. */
    public Redis redis() {
        if (redis == null) {
            throw new LabException("The baseline has no Redis");
        }
        return redis;
    }

    /** The first server's JVM. */
    public Jvm jvm() {
        return servers.getFirst().jvm();
    }

    /**
     * Puts load on until the compiler has little left to do: on one core it takes its share from what is measured, and what it
     * has not come to yet costs a third more. Gives up after {@link Lab#warmSteps}.
     */
    public void warm(double... rates) {
        warm(() -> generator.step(lab.seconds(), rates));
    }

    /** The same with connections that come and go. */
    public void warmByChurn() {
        warm(() -> generator.churn(lab.seconds()));
    }

    private void warm(Runnable step) {
        int quiet = 0;
        for (int i = 0; i < lab.warmSteps() && quiet < QUIET_STEPS; i++) {
            long compiled = jvm().compilation();
            long began = System.nanoTime();
            step.run();
            double millis = (System.nanoTime() - began) / 1e6;
            quiet = jvm().compilation() - compiled < COMPILING * millis ? quiet + 1 : 0;
        }
    }

    /** One step of the load with the readings of the first server's JVM. */
    public Measurement measure(double seconds, double... rates) {
        Jvm jvm = jvm();
        jvm.resetPeak();
        long position = jvm.logPosition();
        long allocated = jvm.allocated();
        Step step = generator.step(seconds, rates);
        allocated = jvm.allocated() - allocated;
        return new Measurement(step, jvm.peak(), allocated, jvm.pausesSince(position));
    }

    @Override
    public void close() {
        generator.close();
        if (nginx != null) {
            nginx.close();
        }
        servers.forEach(Server::close);
        if (redis != null) {
            redis.close();
        }
    }
}
