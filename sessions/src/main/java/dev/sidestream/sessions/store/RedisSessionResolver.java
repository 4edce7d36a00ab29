package dev.sidestream.sessions.store;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.StoredSessions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A resolver of the four stages: cookie to ids, id to key, key to content, content to identity; the last two are the
 * {@link StoredSessions}. Of several cookies the first that is a login counts.
 */
public final class RedisSessionResolver implements SessionResolver {

    private final String name;
    private final CookieReader cookies;
    private final KeyMapper keys;
    private final StoredSessions stored;
    private final SessionRedis redis;
    private final Sightings sightings;
    private final ReadCache cache;

    /**
     * Puts the stages together.
     *
     * @param whereToLook the setting to correct when sessions are never found, for the warning that says so
     */
    public RedisSessionResolver(
            String name,
            CookieReader cookies,
            KeyMapper keys,
            StoredSessions stored,
            SessionRedis redis,
            String whereToLook) {
        this.name = name;
        this.cookies = cookies;
        this.keys = keys;
        this.stored = stored;
        this.redis = redis;
        this.sightings = new Sightings(redis.advice(), name, whereToLook);
        this.cache = new ReadCache(redis.cacheLifetime(), System::nanoTime, RedisSessionResolver::isToBeKept);
    }

    /**
     * Only that there is no session. A login may be over the moment after, and not every framework changes the id at login, so
     * that "nobody" may be wrong as soon.
     */
    private static boolean isToBeKept(SessionState state) {
        return state instanceof SessionState.Missing || state instanceof SessionState.Ended;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StoredSessions stored() {
        return stored;
    }

    @Override
    public Mono<Authentication> resolve(Credentials credentials) {
        List<String> candidates = cookies.ids(credentials.cookieHeaders()).stream()
                .flatMap(id -> keys.keys(id).stream())
                .toList();
        return (candidates.size() == 1 ? cached(candidates.getFirst()) : firstLogin(candidates))
                .doOnNext(this::noteWhenNothingWasFound)
                .defaultIfEmpty(Verdicts.ANONYMOUS);
    }

    private Mono<Authentication> firstLogin(List<String> candidates) {
        return Flux.fromIterable(candidates)
                .concatMap(this::cached, 1)
                .takeUntil(Authentication.Authenticated.class::isInstance)
                .reduce(Verdicts::better);
    }

    private Mono<Authentication> cached(String key) {
        return answer(key, () -> cache.get(key, () -> read(key)));
    }

    @Override
    public Mono<Authentication> reread(SessionRef session) {
        return answer(session.key(), () -> read(session.key()))
                .map(now -> now instanceof Authentication.Anonymous ? new Authentication.Expired() : now);
    }

    private Mono<Authentication> answer(String key, Supplier<CompletableFuture<SessionState>> read) {
        return Mono.fromFuture(read, true)
                .doOnNext(this::noteWhenFound)
                .map(state -> authentication(key, state))
                .onErrorResume(failure -> Mono.just(sightings.unavailable(failure)));
    }

    private void noteWhenFound(SessionState state) {
        if (!(state instanceof SessionState.Missing)) {
            sightings.found();
        }
    }

    private void noteWhenNothingWasFound(Authentication answer) {
        if (answer instanceof Authentication.Anonymous) {
            sightings.nothingFound();
        }
    }

    private Authentication authentication(String key, SessionState state) {
        return switch (state) {
            case SessionState.Login login ->
                new Authentication.Authenticated(
                        login.user(), new SessionRef(name, key, login.fingerprint(), login.deadline()));
            case SessionState.Ended ended -> new Authentication.Expired();
            case SessionState.NoLogin noLogin -> Verdicts.ANONYMOUS;
            case SessionState.Missing missing -> Verdicts.ANONYMOUS;
        };
    }

    private CompletableFuture<SessionState> read(String key) {
        try {
            CompletableFuture<SessionState> state = redis.link()
                    .batched(() -> stored.read(redis.commands(), key))
                    .toCompletableFuture();
            if (redis.commandsKeepReadTimeout()) {
                return state;
            }
            // A copy, so that running into the time-out fails this read and not the command itself.
            return state.copy().orTimeout(redis.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException notConnected) {
            return CompletableFuture.failedFuture(notConnected);
        }
    }
}
