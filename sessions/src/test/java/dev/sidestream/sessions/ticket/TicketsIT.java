package dev.sidestream.sessions.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.HygieneChecks;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Anonymous;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.Authentication.Expired;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.User;
import dev.sidestream.sessions.store.SessionLookups;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

@EachRedis
@ExtendWith(HygieneChecks.class)
class TicketsIT {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final SessionRef SESSION =
            new SessionRef("spring", "spring:session:sessions:canary", 42, Instant.ofEpochMilli(1_234_567));

    private static RedisForTests server;
    private static RedisLink link;

    private final Tickets tickets = new Tickets(link);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** The session as the resolvers would find it now. */
    private Authentication now = new Authenticated(new User("alice", "alice", Set.of()), SESSION);

    private final StrongestCredential authenticator = new StrongestCredential(
            tickets,
            new SessionAuthenticator() {
                @Override
                public Mono<Authentication> authenticate(Credentials credentials) {
                    return Mono.just(credentials.cookieHeaders().isEmpty() ? new Anonymous() : now);
                }

                @Override
                public Mono<Authentication> reread(SessionRef session) {
                    return Mono.just(now);
                }
            },
            new SessionLookups(List.of("spring"), meters));

    @BeforeAll
    static void connect() throws Exception {
        server = RedisForTests.shared();
        link = RedisLink.to(RedisEndpoints.standalone(server.host(), server.port()), RedisLinkOptions.defaults());
        link.connected().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void disconnect() {
        link.close();
    }

    @BeforeEach
    void empty() {
        server.flush();
    }

    @Test
    void standsForItsSessionOnce() {
        String ticket = tickets.issue(SESSION, "lobby").block(WAIT);

        assertThat(tickets.redeem(ticket, "lobby").block(WAIT)).isEqualTo(SESSION);
        assertThat(tickets.redeem(ticket, "lobby").block(WAIT)).isNull();
    }

    @Test
    void isUsedUpByAnotherRoom() {
        String ticket = tickets.issue(SESSION, "lobby").block(WAIT);

        assertThat(tickets.redeem(ticket, "attic").block(WAIT)).isNull();
        assertThat(tickets.redeem(ticket, "lobby").block(WAIT)).isNull();
    }

    @Test
    void isGoneAfterThirtySeconds() {
        tickets.issue(SESSION, "lobby").block(WAIT);

        String key = (String) ((List<?>) server.command("KEYS", "ss:ticket:*")).getFirst();
        assertThat((Long) server.command("PTTL", key)).isBetween(1L, 30_000L);
    }

    @Test
    void leavesNothingInRedisThatCouldBeUsed() {
        String ticket = tickets.issue(SESSION, "lobby").block(WAIT);

        String key = (String) ((List<?>) server.command("KEYS", "*")).getFirst();
        assertThat(key).startsWith("ss:ticket:").doesNotContain(ticket);
        assertThat(String.valueOf(server.command("GET", key))).doesNotContain("canary", "spring", "lobby", ticket);
    }

    @Test
    void doesNotAcceptWhatIsNoTicket() {
        for (String wrong : List.of("", "x", "%%%", "A".repeat(43), "A".repeat(10_000))) {
            assertThat(tickets.redeem(wrong, "lobby").block(WAIT)).isNull();
        }
    }

    @Test
    void doesNotOutliveItsSession() {
        Authentication alive = now;
        String first = tickets.issue(SESSION, "lobby").block(WAIT);
        assertThat(ask(first)).isEqualTo(alive);

        now = new Expired();
        assertThat(ask(tickets.issue(SESSION, "lobby").block(WAIT))).isInstanceOf(Expired.class);
        now = new Authenticated(
                new User("bob", "bob", Set.of()), new SessionRef("spring", SESSION.key(), 43, SESSION.deadline()));
        assertThat(ask(tickets.issue(SESSION, "lobby").block(WAIT))).isInstanceOf(Expired.class);
        assertThat(lookups("spring", "login")).isEqualTo(1);
        assertThat(lookups("spring", "ended")).isEqualTo(2);
        assertThat(ask("A".repeat(43))).isInstanceOf(Anonymous.class);
        assertThat(lookups("none", "nobody")).isEqualTo(1);
    }

    private long lookups(String resolver, String outcome) {
        return meters.get("sidestream.sessions.lookups")
                .tags("resolver", resolver, "outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void neverFallsBackToTheCookie() {
        List<String> cookies = List.of("SESSION=good");

        assertThat(ask(new Credentials(cookies, null, null, "lobby"))).isInstanceOf(Authenticated.class);
        assertThat(ask(new Credentials(cookies, null, "wrong", "lobby"))).isInstanceOf(Anonymous.class);
        assertThat(ask(new Credentials(cookies, "Bearer wrong", null, "lobby"))).isInstanceOf(Anonymous.class);
        assertThat(ask(new Credentials(cookies, "Basic c2l0ZTpwYXNz", null, "lobby")))
                .isInstanceOf(Authenticated.class);
    }

    private Authentication ask(String ticket) {
        return ask(new Credentials(List.of(), null, ticket, "lobby"));
    }

    private Authentication ask(Credentials credentials) {
        return authenticator.authenticate(credentials).block(WAIT);
    }
}
