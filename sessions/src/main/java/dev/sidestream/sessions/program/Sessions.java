package dev.sidestream.sessions.program;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.store.ResolverChain;
import dev.sidestream.sessions.store.SessionLookups;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.SessionResolvers;
import dev.sidestream.sessions.watch.SessionLifeProperties;
import dev.sidestream.sessions.watch.SessionTracker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The logins of a site, for any Java program: who a cookie belongs to, and how that login ends. Nothing here extends a session
 * or writes to the site's Redis. Safe for use by many threads; never blocks, but for {@link #close}.
 */
public final class Sessions implements AutoCloseable {

    private final SessionResolvers resolvers;
    private final SessionAuthenticator authenticator;
    private final SessionTracker tracker;
    private final Endings endings;

    private Sessions(SessionRedis redis, SessionLifeProperties life, MeterRegistry meters, SessionResolvers resolvers) {
        this.resolvers = resolvers;
        List<String> names = resolvers.all().stream().map(SessionResolver::name).toList();
        this.authenticator = new ResolverChain(resolvers, new SessionLookups(names, meters));
        this.tracker = new SessionTracker(life, resolvers, authenticator, redis, meters);
        this.endings = new Endings(tracker);
        tracker.listen(endings);
    }

    /** As below, with the defaults, and with meters of its own that nobody reads. */
    public static Sessions open(SessionRedis redis, SessionResolver... resolvers) {
        return open(redis, SessionLifeProperties.defaults(), new SimpleMeterRegistry(), List.of(resolvers));
    }

    /**
     * Opens them; what is opened is to be closed.
     *
     * @param redis where the resolvers' sessions are; its link stays the caller's, who closes it afterwards
     * @param life for how long a session holds that cannot be read, and how often one that is not in Redis is asked for anew
     * @param resolvers are asked in this order, and closed with this
     */
    public static Sessions open(
            SessionRedis redis, SessionLifeProperties life, MeterRegistry meters, List<SessionResolver> resolvers) {
        return new Sessions(redis, life, meters, new SessionResolvers(resolvers));
    }

    /** Who sent a request with that Cookie header. Exactly one answer, never an error, on any thread. */
    public Mono<Authentication> who(String cookieHeader) {
        return who(new Credentials(List.of(cookieHeader), null, null, null));
    }

    /** As above, for tokens too; tickets are not looked at. */
    public Mono<Authentication> who(Credentials credentials) {
        return authenticator.authenticate(credentials);
    }

    /**
     * How a login ends. It is watched for as long as somebody is subscribed, and read once more at the subscription, so that an
     * end between {@link #who} and now is not missed. One answer, on a thread that must not be blocked; empty when this is
     * closed first. {@link SessionEnd#CHANGED} means that the user or the roles are others than those of {@code session}.
     */
    public Mono<SessionEnd> end(SessionRef session) {
        return endings.of(session);
    }

    /** Ends all watches, and closes the resolvers; waits two seconds at most. */
    @Override
    public void close() {
        tracker.close();
        endings.close();
        resolvers.close();
    }
}
