package dev.sidestream.ws.support;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.User;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Believes the cookie {@code user=<name>}, or {@code user=<id>~<name>}: who somebody is has tests of its own, on real sessions. */
public final class CookieNames implements SessionAuthenticator {

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    /** Answers are held back from now on, until {@link #letGo()}. */
    public void holdBack() {
        gate = new CompletableFuture<>();
    }

    public void letGo() {
        gate.complete(null);
    }

    /** Whether this user's session was looked at. */
    public boolean asked(String user) {
        return asked.contains(user);
    }

    @Override
    public Mono<Authentication> authenticate(Credentials credentials) {
        Mono<Authentication> answer = Mono.just(credentials.cookieHeaders().stream()
                .filter(cookie -> cookie.startsWith("user="))
                .findFirst()
                .map(cookie -> cookie.substring("user=".length()))
                .map(name -> {
                    asked.add(name);
                    return login(name);
                })
                .orElseGet(Authentication.Anonymous::new));
        CompletableFuture<Void> now = gate;
        return now.isDone() ? answer : Mono.fromFuture(now, true).then(answer);
    }

    @Override
    public Mono<Authentication> reread(SessionRef session) {
        return Mono.just(login(session.key()));
    }

    private static Authentication login(String cookie) {
        String[] parts = cookie.split("~", 2);
        return new Authentication.Authenticated(
                new User(parts[0], parts[parts.length - 1], Set.of()),
                new SessionRef("cookie", cookie, cookie.hashCode(), null));
    }
}
