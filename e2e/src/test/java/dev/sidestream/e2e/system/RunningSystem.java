package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.fault.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole system: a Redis with an append-only file, the site, two nodes that reach Redis through a {@link FaultProxy} each,
 * and nginx in front. Tests may hurt any part of it; {@link #heal()} puts it right again.
 */
public final class RunningSystem implements AutoCloseable {

    /** What tokens are signed with that the nodes believe; the one of docs/bolt-on/tokens.md. */
    public static final String TOKEN_SECRET = "32 bytes or more that nobody can guess";

    private final Path logs;
    private final RedisForTests redis = RedisForTests.create();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<Service> nodes = new ArrayList<>();
    private final Service site;
    private final Nginx nginx;

    private RunningSystem(Path logs) {
        this.logs = logs;
        site = new Service("site", Repository.executable("gateway"), logs, redis.properties());
        // nginx first, because its port is the origin that the nodes allow.
        List<FaultProxy> both = List.of(proxy(), proxy());
        proxies.addAll(both);
        for (int i = 0; i < both.size(); i++) {
            nodes.add(new Service("node-" + (i + 1), Repository.executable("ws-service"), logs, Map.of()));
        }
        nginx = Nginx.start(logs, site.port(), nodes.stream().map(Service::port).toList());
        for (int i = 0; i < both.size(); i++) {
            nodes.get(i).set(nodeProperties(nodes.get(i), both.get(i).port()));
        }
    }

    /** Starts all of it and waits until all is ready. */
    public static RunningSystem start() {
        RunningSystem system = new RunningSystem(logFolder());
        try {
            system.site.launch();
            system.nodes.forEach(Service::launch);
            system.site.awaitReady();
            system.nodes.forEach(Service::awaitReady);
            return system;
        } catch (RuntimeException | AssertionError e) {
            system.close();
            throw e;
        }
    }

    /** A further node, not behind nginx, with more settings; not started yet, to be closed by the test. */
    public Service extraNode(String name, Map<String, String> settings) {
        Service node = new Service(name, Repository.executable("ws-service"), logs, Map.of());
        Map<String, String> properties = new HashMap<>(nodeProperties(node, redis.port()));
        properties.putAll(settings);
        node.set(properties);
        return node;
    }

    public RedisForTests redis() {
        return redis;
    }

    public Service site() {
        return site;
    }

    public List<Service> nodes() {
        return List.copyOf(nodes);
    }

    public Service node(int index) {
        return nodes.get(index);
    }

    /** The way from a node to Redis. */
    public FaultProxy redisOf(int node) {
        return proxies.get(node);
    }

    public Nginx nginx() {
        return nginx;
    }

    /** The one origin that the nodes allow. */
    public String origin() {
        return "http://127.0.0.1:" + nginx.port();
    }

    /** A handshake through nginx from the allowed origin, with a cookie and nothing else. */
    public HandshakeRequest handshake(String target, String cookie) {
        return HandshakeRequest.to(nginx.port(), target)
                .header("Origin", origin())
                .header("Cookie", cookie);
    }

    /** The same at a node's own port. */
    public HandshakeRequest handshakeAt(Service node, String target, String cookie) {
        return HandshakeRequest.to(node.port(), target)
                .header("Origin", origin())
                .header("Cookie", cookie);
    }

    /** Ends every fault, starts what has died and waits until all is ready. */
    public void heal() {
        proxies.forEach(FaultProxy::heal);
        redis.resume();
        for (Service node : nodes) {
            if (!node.process().isAlive()) {
                node.launch();
            }
        }
        nodes.forEach(Service::awaitReady);
    }

    @Override
    public void close() {
        nginx.close();
        nodes.forEach(Service::close);
        site.close();
        proxies.forEach(FaultProxy::close);
        redis.close();
    }

    private FaultProxy proxy() {
        return new FaultProxy(redis.host(), redis.port());
    }

    private Map<String, String> nodeProperties(Service node, int redisPort) {
        Map<String, String> properties = new HashMap<>();
        properties.put("spring.data.redis.host", redis.host());
        properties.put("spring.data.redis.port", Integer.toString(redisPort));
        properties.put("sidestream.node.id", node.name());
        properties.put("sidestream.origin.allowed", origin());
        properties.put("sidestream.session.resolvers", "spring,jwt");
        properties.put("sidestream.session.jwt.secrets[0]", TOKEN_SECRET);
        properties.put("sidestream.session.jwt.audience", "chat");
        // Tests open more rooms, and talk faster, than any visitor does.
        properties.put("sidestream.limits.rooms-per-minute", "100000");
        properties.put("sidestream.limits.rate", "200");
        properties.put("sidestream.limits.burst", "400");
        properties.put("logging.level.dev.sidestream", "TRACE");
        return properties;
    }

    static Path logFolder() {
        try {
            Path parent = Repository.root().resolve("e2e/target/logs");
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, "run-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
