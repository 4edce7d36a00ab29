package dev.sidestream.ws.security;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.recorded.Recording;
import dev.sidestream.sessions.recorded.Recording.Moment;
import dev.sidestream.sessions.spring.SpringLogins;
import dev.sidestream.sessions.spring.SpringSite;
import dev.sidestream.sessions.spring.SpringSite.Kind;
import dev.sidestream.sessions.spring.SpringSite.Values;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.TestNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A node that knows the sessions of every framework, in front of a Redis into which their sites write. */
final class Sites implements AutoCloseable {

    static final String SPRING_CONTEXT = "SPRING_SECURITY_CONTEXT";

    /** Of the tokens that are believed; the second is on its way out. */
    static final String JWT_SECRET = "a new secret of more than 32 bytes!";

    static final String OLD_JWT_SECRET = "an old secret of more than 32 bytes";

    /** A node looks for a session that it has missed a second later again, see {@code sidestream.session.cache}. */
    private static final long REMEMBERED_MILLIS = 1_100;

    final RedisForTests redis;
    final TestNode node;
    final Recording laravel = Recording.of("laravel");
    private final LettuceConnectionFactory connections;
    private final Map<Recording, Long> gone = new ConcurrentHashMap<>();

    /** @param more settings of the node, before all others */
    Sites(String... more) {
        // Redis 7 wants to be asked for DEBUG, which Redis 6.2 allows and has no such setting for.
        redis = RedisForTests.isContainer()
                ? RedisForTests.create("--enable-debug-command", "yes")
                : RedisForTests.create();
        connections = new LettuceConnectionFactory(redis.host(), redis.port());
        connections.afterPropertiesSet();
        connections.start();
        List<String> settings = new ArrayList<>(List.of(
                "sidestream.session.resolvers=spring,express,django,php,laravel,flask,jwt",
                "sidestream.session.express.secrets=new secret,keyboard cat",
                "sidestream.session.php.user-path=user.id",
                "sidestream.session.laravel.keys=" + Recording.of("laravel-gcm").setting("APP_KEY") + ","
                        + laravel.setting("APP_KEY"),
                "sidestream.session.laravel.prefix=" + laravel.setting("prefix"),
                "sidestream.session.jwt.secrets=" + JWT_SECRET + "," + OLD_JWT_SECRET,
                "sidestream.limits.handshakes=10000",
                "sidestream.limits.connections-per-user=1000",
                "sidestream.limits.connections-per-address=1000"));
        settings.addAll(List.of(more));
        node = TestNode.withRealLogins(redis, settings.toArray(String[]::new));
    }

    /** A handshake to the lobby as a page of the site does it. */
    Handshake page(String cookies) {
        return page("/chat/lobby/", cookies);
    }

    Handshake page(String target, String cookies) {
        return Handshake.to(node, target).header("Cookie", cookies);
    }

    SpringSite spring(Kind kind) {
        return new SpringSite(kind, Values.JDK, connections);
    }

    /** A login at a site with Spring's default repository; its Cookie header. */
    String springLogin() {
        return springLogin(spring(Kind.SERVLET));
    }

    static String springLogin(SpringSite site) {
        return site.cookie(site.create(session -> {
            session.setAttribute(SPRING_CONTEXT, SpringLogins.form("alice", "ROLE_USER"));
            session.setMaxInactiveInterval(Duration.ofMinutes(30));
        }));
    }

    /** Puts into Redis what a recorded site had there at a moment, and nothing else of it; the Cookie header of then. */
    String at(Recording site, Moment moment) {
        long missed = gone.getOrDefault(site, 0L);
        Await.until("nobody remembers that it was gone", () -> System.currentTimeMillis() - missed > REMEMBERED_MILLIS);
        for (Moment other : List.of(site.anonymous(), site.login(), site.logout())) {
            other.keys().keySet().forEach(key -> redis.command("DEL", key));
        }
        for (Map.Entry<String, byte[]> key : moment.keys().entrySet()) {
            set(key.getKey(), key.getValue());
        }
        return moment.cookies();
    }

    /** Its keys have been looked for in vain from now on. */
    void gone(Recording site) {
        gone.put(site, System.currentTimeMillis());
    }

    void set(String key, byte[] value) {
        try (var connection = connections.getConnection()) {
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            connection.stringCommands().set(name, value);
            connection.keyCommands().expire(name, 600);
        }
    }

    @Override
    public void close() {
        node.close();
        connections.destroy();
        redis.close();
    }
}
