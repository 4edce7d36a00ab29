package dev.sidestream.ws.session.store;

import dev.sidestream.ws.session.Authentication;
import dev.sidestream.ws.session.Authentication.Unavailable;
import dev.sidestream.ws.session.Credentials;
import dev.sidestream.ws.session.SessionAuthenticator;
import dev.sidestream.ws.session.SessionRef;
import dev.sidestream.ws.session.SessionResolver;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks one resolver after the other; the first that knows somebody's live login is believed. */
public final class ResolverChain implements SessionAuthenticator {

    private final SessionResolvers resolvers;

    public ResolverChain(SessionResolvers resolvers) {
        this.resolvers = resolvers;
    }

    @Override
    public Mono<Authentication> authenticate(Credentials credentials) {
        return Flux.fromIterable(resolvers.all())
                .concatMap(resolver -> ask(() -> resolver.resolve(credentials)), 1)
                .takeUntil(Authentication.Authenticated.class::isInstance)
                .reduce(Verdicts::better)
                .defaultIfEmpty(Verdicts.ANONYMOUS);
    }

    @Override
    public Mono<Authentication> reread(SessionRef session) {
        SessionResolver resolver = resolvers.byName(session.resolver());
        return resolver == null ? Mono.just(new Unavailable("no-such-resolver")) : ask(() -> resolver.reread(session));
    }

    /** One answer from a resolver, even from one that throws, fails or says nothing. */
    private static Mono<Authentication> ask(Supplier<Mono<Authentication>> question) {
        return Mono.defer(question)
                .defaultIfEmpty(Verdicts.ANONYMOUS)
                .onErrorResume(
                        failure -> Mono.just(new Unavailable(failure.getClass().getSimpleName())));
    }
}
