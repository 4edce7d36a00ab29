package dev.sidestream.sessions.http;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.PathIdentity;
import dev.sidestream.sessions.store.ReadCache;
import dev.sidestream.sessions.store.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The resolver {@code http}. Its sessions have no deadline and cannot be watched in Redis: only asking again shows that they
 * ended. Their {@link SessionRef#key()} is the header that proved them.
 */
public final class HttpSessionResolver implements SessionResolver, AutoCloseable {

    /** What it is called in the settings. */
    public static final String NAME = "http";

    private final HttpSessionProperties settings;
    private final SiteClient site;
    private final ReadCache cache;

    private HttpSessionResolver(HttpSessionProperties settings, SiteClient site, Duration cacheLifetime) {
        this.settings = settings;
        this.site = site;
        this.cache = new ReadCache(cacheLifetime, System::nanoTime, any -> true);
    }

    /** Throws when the settings have no URL. */
    public static HttpSessionResolver of(HttpSessionProperties settings, Duration cacheLifetime, Advice advice) {
        PathIdentity rule =
                new PathIdentity(List.of(settings.userPath()), List.of(settings.namePath()), settings.rolesPath());
        SiteClient site = new SiteClient(settings.requiredUrl(), settings.timeout(), rule, advice);
        return new HttpSessionResolver(settings, site, cacheLifetime);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<Authentication> resolve(Credentials credentials) {
        WhoIs question = WhoIs.of(credentials, settings.cookies());
        return question == null
                ? Mono.just(Verdicts.ANONYMOUS)
                : answer(question.key(), () -> cache.get(question.key(), () -> ask(question)));
    }

    @Override
    public Mono<Authentication> reread(SessionRef session) {
        return answer(session.key(), () -> ask(WhoIs.parse(session.key())))
                .map(now -> now instanceof Authentication.Anonymous ? new Authentication.Expired() : now);
    }

    private CompletableFuture<SessionState> ask(WhoIs question) {
        CompletableFuture<SessionState> answer = new CompletableFuture<>();
        // Bounded by the client's own time-out; the future always hears of an end.
        Disposable asking = site.ask(question).subscribe(answer::complete, answer::completeExceptionally);
        return answer.isDone() ? answer : answer.whenComplete((state, failure) -> asking.dispose());
    }

    private static Mono<Authentication> answer(String key, Supplier<CompletableFuture<SessionState>> question) {
        return Mono.fromFuture(question, true)
                .map(state -> authentication(key, state))
                .onErrorResume(failure -> Mono.just(
                        new Authentication.Unavailable(failure.getClass().getSimpleName())));
    }

    private static Authentication authentication(String key, SessionState state) {
        return state instanceof SessionState.Login login
                ? new Authentication.Authenticated(
                        login.user(), new SessionRef(NAME, key, login.fingerprint(), login.deadline()))
                : Verdicts.ANONYMOUS;
    }

    @Override
    public void close() {
        site.close();
    }
}
