package dev.sidestream.sessions.store;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Unavailable;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks one resolver after the other; the first that knows somebody's live login is believed. */
public final class ResolverChain implements SessionAuthenticator {

    private final SessionResolvers resolvers;
    private final SessionLookups lookups;

    public ResolverChain(SessionResolvers resolvers, SessionLookups lookups) {
        this.resolvers = resolvers;
        this.lookups = lookups;
    }

    /** Who says what. */
    private record Answer(String resolver, Authentication authentication) {

        static final Answer NOBODY = new Answer(SessionLookups.NONE, Verdicts.ANONYMOUS);

        boolean isLogin() {
            return authentication instanceof Authentication.Authenticated;
        }

        Answer better(Answer other) {
            return Verdicts.better(authentication, other.authentication).equals(authentication) ? this : other;
        }
    }

    @Override
    public Mono<Authentication> authenticate(Credentials credentials) {
        return Mono.defer(() -> {
            long started = System.nanoTime();
            return bestAnswer(credentials)
                    .doOnNext(answer -> lookups.record(answer.resolver, answer.authentication, started))
                    .map(Answer::authentication);
        });
    }

    private Mono<Answer> bestAnswer(Credentials credentials) {
        List<SessionResolver> all = resolvers.all();
        return all.size() == 1
                ? ask(all.getFirst(), credentials)
                : Flux.fromIterable(all)
                        .concatMap(resolver -> ask(resolver, credentials), 1)
                        .takeUntil(Answer::isLogin)
                        .reduce(Answer.NOBODY, Answer::better);
    }

    @Override
    public Mono<Authentication> reread(SessionRef session) {
        SessionResolver resolver = resolvers.byName(session.resolver());
        return resolver == null ? Mono.just(new Unavailable("no-such-resolver")) : ask(() -> resolver.reread(session));
    }

    private static Mono<Answer> ask(SessionResolver resolver, Credentials credentials) {
        return ask(() -> resolver.resolve(credentials)).map(answer -> new Answer(resolver.name(), answer));
    }

    /** One answer from a resolver, even from one that throws, fails or says nothing. */
    private static Mono<Authentication> ask(Supplier<Mono<Authentication>> question) {
        return Mono.defer(question)
                .defaultIfEmpty(Verdicts.ANONYMOUS)
                .onErrorResume(
                        failure -> Mono.just(new Unavailable(failure.getClass().getSimpleName())));
    }
}
