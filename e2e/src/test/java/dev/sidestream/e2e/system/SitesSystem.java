package dev.sidestream.e2e.system;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.FreePorts;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.docs.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sites of other frameworks, each behind nginx with the lines of its recipe, with one Redis and two nodes that know the sessions
 * of all.
 */
public final class SitesSystem implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final RedisForTests redis = RedisForTests.create();
    private final Path logs;
    private final Map<Framework, String> lacking = new EnumMap<>(Framework.class);
    private final Map<OtherSite, ManagedProcess> sites = new EnumMap<>(OtherSite.class);
    private final Map<OtherSite, Integer> ports = new EnumMap<>(OtherSite.class);
    private final Map<OtherSite, Integer> fronts = new EnumMap<>(OtherSite.class);
    private final List<Service> nodes = new ArrayList<>();
    private @Nullable Nginx nginx;

    private SitesSystem(Path logs) {
        this.logs = logs;
        for (String name : List.of("site-node-1", "site-node-2")) {
            nodes.add(new Service(name, Repository.executable("ws-service"), logs, Map.of()));
        }
        for (Framework framework : Framework.values()) {
            String lack = framework.install(logs);
            if (lack != null) {
                lacking.put(framework, lack);
            }
        }
        for (OtherSite site : OtherSite.values()) {
            if (lack(site) == null) {
                ports.put(site, FreePorts.next());
                fronts.put(site, FreePorts.next());
            }
        }
    }

    /** Starts all that this machine can, all at once, and waits until all of it answers. */
    public static SitesSystem start() {
        SitesSystem system = new SitesSystem(RunningSystem.logFolder());
        try {
            system.launch();
            return system;
        } catch (RuntimeException | AssertionError e) {
            system.close();
            throw e;
        }
    }

    /** What this machine lacks for the site; null when the site runs. */
    public @Nullable String lack(OtherSite site) {
        return lacking.get(site.framework());
    }

    /** The names of the nodes, as they call themselves. */
    public List<String> nodes() {
        return nodes.stream().map(Service::name).toList();
    }

    /** Where the site's visitors come in, without a slash at the end. */
    public String origin(OtherSite site) {
        return "http://127.0.0.1:" + fronts.get(site);
    }

    /** A handshake through nginx, as a page of the site would send it. */
    public HandshakeRequest handshake(OtherSite site, String target, String cookies) {
        return HandshakeRequest.to(fronts.get(site), target)
                .header("Origin", origin(site))
                .header("Cookie", cookies);
    }

    private void launch() {
        for (Service node : nodes) {
            node.set(settings(node.name()));
            node.launch();
        }
        ports.forEach((site, port) -> sites.put(site, site.start(logs, port, redis.host(), redis.port())));
        nginx = Nginx.startAsRecipesSay(
                logs, recipes(), nodes.stream().map(Service::port).toList());
        nodes.forEach(Service::awaitReady);
        sites.forEach((site, process) -> Await.until(site + " answers, see " + logs, START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(site + " ended by itself:\n" + process.log());
            }
            return answers(ports.get(site));
        }));
    }

    private Map<Integer, RecipeFront.Front> recipes() {
        Map<Integer, RecipeFront.Front> recipes = new LinkedHashMap<>();
        fronts.forEach((site, front) -> recipes.put(
                front, new RecipeFront.Front(Page.recipe(site.recipe()).block("nginx"), ports.get(site))));
        return recipes;
    }

    private Map<String, String> settings(String node) {
        Map<String, String> settings = new HashMap<>();
        settings.put("spring.data.redis.host", redis.host());
        settings.put("spring.data.redis.port", Integer.toString(redis.port()));
        settings.put("sidestream.node.id", node);
        settings.put(
                "sidestream.origin.allowed",
                fronts.keySet().stream().map(this::origin).collect(Collectors.joining(",")));
        settings.put("sidestream.session.resolvers", "spring,express,django,php,flask");
        if (ports.containsKey(OtherSite.HTTP)) {
            settings.put("sidestream.session.resolvers", "spring,express,django,php,flask,http");
            settings.put("sidestream.session.http.url", "http://127.0.0.1:" + ports.get(OtherSite.HTTP) + "/whoami");
            settings.put("sidestream.session.http.cookies", OtherSite.HTTP.cookie());
        }
        settings.put("sidestream.session.express.secrets", "keyboard cat,newer secret");
        settings.put("sidestream.session.django.name-path", "name");
        settings.put("sidestream.session.php.user-path", "user.id");
        settings.put("sidestream.session.php.name-path", "user.name");
        return settings;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (nginx != null) {
            nginx.close();
        }
        nodes.forEach(Service::close);
        sites.values().forEach(ManagedProcess::close);
        redis.close();
    }
}
