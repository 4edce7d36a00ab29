package dev.sidestream.ws.admission;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.User;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.consumer.ConsumerRoute;
import dev.sidestream.ws.consumer.Routes;
import dev.sidestream.ws.limits.Counts;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.limits.TokenBucket;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.scope.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Decides on handshakes, cheapest question first, so that what is refused costs no I/O: drain, form, origin, route, limits,
 * then the session. Safe for use by many threads.
 */
public final class Admissions {

    private final DrainState drain;
    private final OriginPolicy origins;
    private final Routes routes;
    private final ClientAddresses addresses;
    private final SessionAuthenticator sessions;
    private final ConnectionRegistry registry;
    private final LimitsProperties limits;
    private final HandshakeMetrics metrics;
    private final CheckFailures failures;
    private final Predicate<@Nullable String> hears;
    private final Counts perAddress;
    private final TokenBucket rate;

    /**
     * Makes it with nobody in.
     *
     * @param hears whether this node reads the log of a room; of any at all, asked with null
     */
    public Admissions(
            DrainState drain,
            OriginPolicy origins,
            Routes routes,
            ClientAddresses addresses,
            SessionAuthenticator sessions,
            ConnectionRegistry registry,
            LimitsProperties limits,
            HandshakeMetrics metrics,
            CheckFailures failures,
            Predicate<@Nullable String> hears) {
        this.drain = drain;
        this.origins = origins;
        this.routes = routes;
        this.addresses = addresses;
        this.sessions = sessions;
        this.registry = registry;
        this.limits = limits;
        this.metrics = metrics;
        this.failures = failures;
        this.hears = hears;
        this.perAddress = new Counts(limits.connectionsPerAddress());
        this.rate = new TokenBucket(limits.handshakes(), limits.handshakes(), System.nanoTime());
    }

    /** Exactly one outcome, counted; never an error. What is accepted must leave its {@link AddressPermit} when it has ended. */
    public Mono<Admission> admit(HandshakeRequest request) {
        Routes.Match match = routes.match(request.rawPath());
        Dialect dialect = match == null
                ? null
                : SubProtocols.choose(
                        request.headers().getOrEmpty("Sec-WebSocket-Protocol"),
                        match.route().full());
        Refusal refusal = locally(request, match, dialect);
        if (refusal != null || match == null || dialect == null) {
            return Mono.just(refused(refusal == null ? Refusal.NO_ROUTE : refusal, Dialects.PLAIN));
        }
        String address = addresses.of(request.peer(), request.headers().getOrEmpty("X-Forwarded-For"));
        if (!perAddress.tryEnter(address)) {
            return Mono.just(refused(Refusal.TOO_MANY_FROM_ADDRESS, dialect));
        }
        AddressPermit permit = new AddressPermit(perAddress, address);
        return sessions.authenticate(credentials(request, match))
                .timeout(limits.handshakeTimeout())
                .map(authentication -> judge(request, match, dialect, permit, authentication))
                .onErrorResume(cause -> Mono.just(refused(Refusal.SESSIONS_UNAVAILABLE, dialect)))
                .doOnNext(admission -> leaveUnlessAccepted(admission, permit))
                .doOnCancel(permit::leave);
    }

    private @Nullable Refusal locally(
            HandshakeRequest request, Routes.@Nullable Match match, @Nullable Dialect dialect) {
        if (drain.isDraining()) {
            return Refusal.DRAINING;
        }
        if (!request.isWellFormed()) {
            return Refusal.MALFORMED;
        }
        HttpHeaders headers = request.headers();
        boolean token = headers.containsHeader(HttpHeaders.AUTHORIZATION)
                || request.query().containsKey("ticket");
        if (!origins.allows(
                headers.getOrEmpty(HttpHeaders.ORIGIN), token && !headers.containsHeader(HttpHeaders.COOKIE))) {
            return Refusal.ORIGIN;
        }
        if (match == null) {
            return Refusal.NO_ROUTE;
        }
        if (dialect == null) {
            return Refusal.UNKNOWN_SUBPROTOCOL;
        }
        if (!hears.test(match.variables().get(Routes.ROOM))) {
            return Refusal.LOG_UNAVAILABLE;
        }
        if (registry.size() >= limits.connections()) {
            return Refusal.NODE_FULL;
        }
        synchronized (rate) {
            return rate.tryTake(System.nanoTime()) ? null : Refusal.TOO_MANY_HANDSHAKES;
        }
    }

    private static Credentials credentials(HandshakeRequest request, Routes.Match match) {
        HttpHeaders headers = request.headers();
        return new Credentials(
                headers.getOrEmpty(HttpHeaders.COOKIE),
                headers.getFirst(HttpHeaders.AUTHORIZATION),
                request.query().getFirst("ticket"),
                match.room());
    }

    private Admission judge(
            HandshakeRequest request,
            Routes.Match match,
            Dialect dialect,
            AddressPermit permit,
            Authentication authentication) {
        return switch (authentication) {
            case Authentication.Authenticated who -> {
                Scope scope = scope(request, match, permit.address(), who.user());
                Refusal refusal = checked(match.route(), scope);
                if (refusal != null) {
                    yield refused(refusal, dialect);
                }
                metrics.accepted();
                yield new Admission.Accepted(match, scope, dialect, who.session(), permit);
            }
            case Authentication.Anonymous ignored -> refused(Refusal.NO_SESSION, dialect);
            case Authentication.Expired ignored -> refused(Refusal.SESSION_EXPIRED, dialect);
            case Authentication.Unavailable ignored -> refused(Refusal.SESSIONS_UNAVAILABLE, dialect);
        };
    }

    /** What the route itself has against it; null for nothing. */
    private @Nullable Refusal checked(ConsumerRoute route, Scope scope) {
        try {
            return switch (route.check().check(scope)) {
                case WELCOME -> null;
                case FORBIDDEN -> Refusal.FORBIDDEN;
                case MALFORMED -> Refusal.MALFORMED;
            };
        } catch (RuntimeException e) {
            return failures.refusal(e);
        }
    }

    private Admission refused(Refusal refusal, Dialect dialect) {
        metrics.refused(refusal);
        CloseCode told = refusal.close();
        return told != null && dialect.tellsAll()
                ? new Admission.UpgradeThenClose(refusal, told, dialect)
                : new Admission.Refused(refusal);
    }

    private static void leaveUnlessAccepted(Admission admission, AddressPermit permit) {
        if (!(admission instanceof Admission.Accepted)) {
            permit.leave();
        }
    }

    private static Scope scope(HandshakeRequest request, Routes.Match match, String address, User user) {
        return new Scope(
                user,
                address,
                request.path(),
                match.variables(),
                withoutTicket(request),
                headers(request, match.route()));
    }

    private static Map<String, List<String>> withoutTicket(HandshakeRequest request) {
        if (request.query().isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> query = new HashMap<>(request.query());
        query.remove("ticket");
        return query;
    }

    /** The headers by lower-case name, without what proves who the visitor is. */
    private static Map<String, List<String>> headers(HandshakeRequest request, ConsumerRoute route) {
        if (!route.keepHeaders()) {
            return Map.of();
        }
        Map<String, List<String>> kept = new HashMap<>();
        request.headers().forEach((name, values) -> kept.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        kept.remove("cookie");
        kept.remove("authorization");
        return kept;
    }
}
