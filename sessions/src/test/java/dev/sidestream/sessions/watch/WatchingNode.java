package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.SessionWatch;
import dev.sidestream.sessions.spring.SpringSessionProperties;
import dev.sidestream.sessions.spring.SpringSessionResolver;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.ResolverChain;
import dev.sidestream.sessions.store.SessionLookups;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.SessionResolvers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a node has to watch the sessions of a Spring site, and what it heard. */
final class WatchingNode implements SessionWatch.Listener, AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(20);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Map<String, SessionEnd> ends = new ConcurrentHashMap<>();
    final Map<String, List<Duration>> warnings = new ConcurrentHashMap<>();
    final SessionTracker tracker;
    private final RedisLink link;
    private final SessionResolver resolver;

    WatchingNode(RedisEndpoints endpoints, SessionLifeProperties settings) {
        link = RedisLink.to(endpoints, RedisLinkOptions.of(Duration.ofSeconds(1)));
        link.connected().toCompletableFuture().join();
        SessionRedis redis = new SessionRedis(link, Duration.ofSeconds(2), Duration.ofSeconds(1), new Advice());
        resolver = SpringSessionResolver.of(
                new SpringSessionProperties("SESSION", "spring:session", null, null), redis, Clock.systemUTC());
        SessionResolvers resolvers = new SessionResolvers(List.of(resolver));
        tracker = new SessionTracker(
                settings,
                resolvers,
                new ResolverChain(resolvers, new SessionLookups(List.of(resolver.name()), meters)),
                redis,
                meters);
        tracker.listen(this);
    }

    /** Authenticates as a handshake does. */
    SessionRef handshake(String id) {
        Authentication answer = resolve(id);
        if (answer instanceof Authentication.Authenticated login) {
            return login.session();
        }
        throw new AssertionError("No login: " + id + " is " + answer);
    }

    boolean isLogin(String id) {
        return resolve(id) instanceof Authentication.Authenticated;
    }

    private @Nullable Authentication resolve(String id) {
        Credentials credentials = new Credentials(SpringLoginSite.cookie(id).getValue(), null, null, null);
        return resolver.resolve(credentials).block(WAIT);
    }

    /** A handshake whose socket stands. */
    SessionRef open(String id) {
        SessionRef session = handshake(id);
        tracker.watch(session);
        return session;
    }

    void awaitTracked() {
        Await.until(
                "it is read",
                () -> meters.counter("sidestream.sessions.reads", "outcome", "read")
                                .count()
                        >= 1);
        Await.until("sessions are tracked", () -> tracker.isTracked());
    }

    SessionEnd end(SessionRef session) {
        Await.until("the session ends", () -> ends.containsKey(session.key()));
        return ends.get(session.key());
    }

    @Override
    public void sessionEnded(SessionRef session, SessionEnd reason) {
        ends.put(session.key(), reason);
    }

    @Override
    public void sessionExpiring(SessionRef session, Duration left) {
        warnings.computeIfAbsent(session.key(), key -> new CopyOnWriteArrayList<>())
                .add(left);
    }

    @Override
    public void close() {
        tracker.close();
        link.close();
    }
}
