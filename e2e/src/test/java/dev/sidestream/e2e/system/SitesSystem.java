package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.FreePorts;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.e2e.client.HandshakeRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sites of other frameworks, each behind an nginx of its own, with one Redis and one node that knows the sessions of all. */
public final class SitesSystem implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final RedisForTests redis = RedisForTests.create();
    private final Map<OtherSite, ManagedProcess> sites = new EnumMap<>(OtherSite.class);
    private final Map<OtherSite, Nginx> fronts = new EnumMap<>(OtherSite.class);
    private final Service node;

    private SitesSystem(Path logs) {
        node = new Service("node", Repository.executable("ws-service"), logs, Map.of());
        for (OtherSite site : OtherSite.values()) {
            if (site.install(logs)) {
                start(site, logs);
            }
        }
        node.set(settings());
    }

    /** Starts all that this machine can. */
    public static SitesSystem start() {
        SitesSystem system = new SitesSystem(RunningSystem.logFolder());
        try {
            system.node.launch();
            system.node.awaitReady();
            return system;
        } catch (RuntimeException | AssertionError e) {
            system.close();
            throw e;
        }
    }

    /** Whether this machine has what the site needs. */
    public boolean has(OtherSite site) {
        return fronts.containsKey(site);
    }

    /** Where the site's visitors come in, without a slash at the end. */
    public String origin(OtherSite site) {
        return "http://127.0.0.1:" + fronts.get(site).port();
    }

    /** A handshake through the site's nginx, as a page of the site would send it. */
    public HandshakeRequest handshake(OtherSite site, String target, String cookies) {
        return HandshakeRequest.to(fronts.get(site).port(), target)
                .header("Origin", origin(site))
                .header("Cookie", cookies);
    }

    private void start(OtherSite site, Path logs) {
        int port = FreePorts.next();
        ManagedProcess process = site.start(logs, port, redis.host(), redis.port());
        sites.put(site, process);
        Await.until(site + " answers, see " + logs, START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(site + " ended by itself, see " + logs);
            }
            return answers(port);
        });
        Path folder = logs.resolve("front-" + site);
        if (!folder.toFile().mkdirs()) {
            throw new IllegalStateException("No folder " + folder);
        }
        fronts.put(site, Nginx.start(folder, port, List.of(node.port())));
    }

    private Map<String, String> settings() {
        List<String> origins = new ArrayList<>();
        fronts.keySet().forEach(site -> origins.add(origin(site)));
        return Map.of(
                "spring.data.redis.host", redis.host(),
                "spring.data.redis.port", Integer.toString(redis.port()),
                "sidestream.origin.allowed", origins.stream().collect(Collectors.joining(",")),
                "sidestream.session.resolvers", "spring,express,django,php,flask",
                "sidestream.session.express.secrets", "keyboard cat,a newer secret",
                "sidestream.session.django.name-path", "name",
                "sidestream.session.php.user-path", "user.id",
                "sidestream.session.php.name-path", "user.name");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        fronts.values().forEach(Nginx::close);
        node.close();
        sites.values().forEach(ManagedProcess::close);
        redis.close();
    }
}
