package dev.sidestream.sessions.ticket;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.Authentication.Unavailable;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.store.SessionLookups;
import dev.sidestream.sessions.store.Verdicts;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Goes by one kind of credential only: a ticket, else a token, else cookies. A ticket or token that is not believed never
 * falls back to a cookie, for which stricter rules hold.
 */
public final class StrongestCredential implements SessionAuthenticator {

    private final Tickets tickets;
    private final SessionAuthenticator resolvers;
    private final SessionLookups lookups;

    public StrongestCredential(Tickets tickets, SessionAuthenticator resolvers, SessionLookups lookups) {
        this.tickets = tickets;
        this.resolvers = resolvers;
        this.lookups = lookups;
    }

    @Override
    public Mono<Authentication> authenticate(Credentials credentials) {
        if (credentials.ticket() != null) {
            return redeem(credentials.ticket(), credentials);
        }
        if (credentials.token() != null) {
            return resolvers.authenticate(
                    new Credentials(List.of(), credentials.authorization(), null, credentials.room()));
        }
        return resolvers.authenticate(new Credentials(credentials.cookieHeaders(), null, null, credentials.room()));
    }

    @Override
    public Mono<Authentication> reread(SessionRef session) {
        return resolvers.reread(session);
    }

    private Mono<Authentication> redeem(String ticket, Credentials credentials) {
        long started = System.nanoTime();
        return tickets.redeem(ticket, credentials.room())
                .flatMap(session -> resolvers
                        .reread(session)
                        .map(now -> counted(session.resolver(), unchanged(session, now), started)))
                .switchIfEmpty(Mono.fromSupplier(() -> counted(SessionLookups.NONE, Verdicts.ANONYMOUS, started)))
                .onErrorResume(failure -> {
                    Authentication away = new Unavailable(failure.getClass().getSimpleName());
                    return Mono.just(counted(SessionLookups.NONE, away, started));
                });
    }

    private Authentication counted(String resolver, Authentication answer, long started) {
        lookups.record(resolver, answer, started);
        return answer;
    }

    private static Authentication unchanged(SessionRef then, Authentication now) {
        boolean another = now instanceof Authenticated login && login.session().fingerprint() != then.fingerprint();
        return another ? new Authentication.Expired() : now;
    }
}
