package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.StoredSessions;
import dev.sidestream.sessions.store.SessionResolvers;
import io.lettuce.core.RedisException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads one watched session: in Redis where it lies there, else by asking whoever authenticated it. Safe for use by many threads. */
final class SessionReads {

    private final SessionResolvers resolvers;
    private final SessionAuthenticator authenticator;
    private final RedisLink link;

    SessionReads(SessionResolvers resolvers, SessionAuthenticator authenticator, RedisLink link) {
        this.resolvers = resolvers;
        this.authenticator = authenticator;
        this.link = link;
    }

    /** Whether its key lies in Redis, where a change of it can be noticed. */
    boolean isStored(Watched session) {
        return stored(session) != null;
    }

    private @Nullable StoredSessions stored(Watched session) {
        SessionResolver resolver = resolvers.byName(session.name.resolver());
        return resolver == null ? null : resolver.stored();
    }

    /**
     * Reads it past every cache.
     *
     * @param tracking the connection to read on; null for the shared one, where nobody tells of later changes
     */
    CompletionStage<SessionState> read(Watched session, @Nullable Tracking tracking) {
        try {
            StoredSessions stored = stored(session);
            if (stored == null) {
                return ask(session);
            }
            return stored.read(tracking == null ? link.commands() : tracking.commands(), session.name.key());
        } catch (RuntimeException notConnected) {
            return CompletableFuture.failedFuture(notConnected);
        }
    }

    private CompletionStage<SessionState> ask(Watched session) {
        return authenticator
                .reread(session.ref())
                .map(SessionReads::state)
                .toFuture()
                .thenApply(Objects::requireNonNull);
    }

    private static SessionState state(Authentication answer) {
        return switch (answer) {
            case Authentication.Authenticated login ->
                new SessionState.Login(
                        login.user(),
                        login.session().fingerprint(),
                        login.session().deadline());
            case Authentication.Anonymous ignored -> new SessionState.Missing();
            case Authentication.Expired ignored -> new SessionState.Ended();
            case Authentication.Unavailable away -> throw new RedisException(away.reason());
        };
    }
}
