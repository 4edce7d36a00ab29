package dev.sidestream.sessions.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.HygieneChecks;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Anonymous;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.Authentication.Expired;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.spring.SpringSite.Kind;
import dev.sidestream.sessions.spring.SpringSite.Values;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.SessionRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.FindByIndexNameSessionRepository;

/** Sessions that the real Spring Session wrote, read from the real Redis. */
@ExtendWith(HygieneChecks.class)
class SpringSessionResolverIT {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";
    private static final String PUSHED_OUT =
            "org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED";

    private static RedisForTests server;
    private static RedisLink link;
    private static LettuceConnectionFactory site;

    private final SessionResolver resolver =
            resolver(new SpringSessionProperties("SESSION", "spring:session", null, null));

    @BeforeAll
    static void connect() throws Exception {
        server = RedisForTests.shared();
        link = RedisLink.to(RedisEndpoints.standalone(server.host(), server.port()), RedisLinkOptions.defaults());
        link.connected().toCompletableFuture().get(20, TimeUnit.SECONDS);
        site = new LettuceConnectionFactory(server.host(), server.port());
        site.afterPropertiesSet();
        site.start();
    }

    @AfterAll
    static void disconnect() {
        site.destroy();
        link.close();
    }

    @BeforeEach
    void empty() {
        server.flush();
    }

    static List<Arguments> sites() {
        List<Arguments> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Values values : Values.values()) {
                all.add(Arguments.of(kind, values));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("sites")
    void knowsWhoLoggedInByForm(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(
                session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER", "ROLE_ADMIN")));

        Authenticated login = authenticated(app.cookie(id));

        assertThat(login.user().name()).isEqualTo("alice");
        assertThat(login.user().roles()).containsExactlyInAnyOrder("ROLE_USER", "ROLE_ADMIN", "FACTOR_PASSWORD");
        assertThat(login.session().key()).isEqualTo("spring:session:sessions:" + id);
        assertThat(login.session().deadline())
                .isBetween(Instant.now().plusSeconds(1_700), Instant.now().plusSeconds(1_801));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void knowsPrincipalThatIsOnlyAName(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.named("聊天 bob")));

        assertThat(authenticated(app.cookie(id)).user().name()).isEqualTo("聊天 bob");
    }

    @ParameterizedTest
    @MethodSource("sites")
    void takesSessionsWithoutALoginForNobody(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String empty = app.create(session -> session.setAttribute("cart", "3"));
        String pending = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.unauthenticated("mallory")));
        String anonymous = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.anonymous()));

        assertThat(ask(app.cookie(empty))).isInstanceOf(Anonymous.class);
        assertThat(ask(app.cookie(pending))).isInstanceOf(Anonymous.class);
        assertThat(ask(app.cookie(anonymous))).isInstanceOf(Anonymous.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void letsNobodyInAfterLogout(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));
        Authenticated login = authenticated(app.cookie(id));

        app.delete(id);

        assertThat(resolver.reread(login.session()).block(WAIT)).isInstanceOf(Expired.class);
        assertThat(askAnew(app.cookie(id))).isNotInstanceOf(Authenticated.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void letsNobodyInAfterASaveThatCameTooLate(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));
        Runnable late = app.late(id);

        app.delete(id);
        Throwable refused = catchThrowable(late::run);
        assertThat(refused == null || refused instanceof IllegalStateException).isTrue();

        assertThat(ask(app.cookie(id))).isNotInstanceOf(Authenticated.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void letsNobodyInWhenTheSiteOnlyRemovedTheLogin(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(session -> {
            session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER"));
            session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "alice");
        });
        Authenticated login = authenticated(app.cookie(id));

        app.change(id, session -> session.removeAttribute(CONTEXT));

        assertThat(resolver.reread(login.session()).block(WAIT)).isInstanceOf(Expired.class);
        assertThat(askAnew(app.cookie(id))).isInstanceOf(Anonymous.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void letsTheLoserOfConcurrentSessionControlOut(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));

        app.change(id, session -> session.setAttribute(PUSHED_OUT, true));

        assertThat(ask(app.cookie(id))).isInstanceOf(Expired.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void followsTheIdWhenItChangesAtLogin(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String[] ids = new String[2];
        ids[0] = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));
        app.change(ids[0], session -> ids[1] = session.changeSessionId());

        assertThat(ask(app.cookie(ids[0]))).isInstanceOf(Anonymous.class);
        assertThat(authenticated(app.cookie(ids[1])).user().name()).isEqualTo("alice");
    }

    @ParameterizedTest
    @MethodSource("sites")
    void endsASessionThatIsTooOldThoughItsKeyIsThere(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(session -> {
            session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER"));
            session.setMaxInactiveInterval(Duration.ofSeconds(60));
            session.setLastAccessedTime(Instant.now());
        });
        Object later = server.command("HGET", "spring:session:sessions:" + id, "creationTime");
        assertThat(later).isNotNull();

        app.change(id, session -> session.setLastAccessedTime(Instant.now().minusSeconds(61)));

        assertThat(ask(app.cookie(id))).isNotInstanceOf(Authenticated.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void keepsTheFingerprintOverAPageViewAndChangesItWithRoles(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));
        long first = authenticated(app.cookie(id)).session().fingerprint();

        app.change(id, session -> {
            session.setLastAccessedTime(Instant.now());
            session.setAttribute("cart", "4");
            session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER"));
        });
        long second = ((Authenticated) askAnew(app.cookie(id))).session().fingerprint();
        app.change(id, session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_ADMIN")));
        long third = ((Authenticated) askAnew(app.cookie(id))).session().fingerprint();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void readsNothingOutOfAPartOfASession(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        for (String field :
                List.of("creationTime", "lastAccessedTime", "maxInactiveInterval", "sessionAttr:" + CONTEXT)) {
            String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));
            server.command("HDEL", "spring:session:sessions:" + id, field);

            assertThat(ask(app.cookie(id))).as(field).isInstanceOf(Anonymous.class);
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void usesTheNameAttributeOfTheIndexWhenTheSiteSetsIt(Kind kind, Values values) {
        SpringSite app = new SpringSite(kind, values, site);
        String id = app.create(
                session -> session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "carol"));

        assertThat(authenticated(app.cookie(id)).user().name()).isEqualTo("carol");
    }

    @Test
    void findsTheLoginAmongFourCookiesOfOneName() {
        SpringSite app = new SpringSite(Kind.SERVLET, Values.JDK, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));
        String good = app.cookie(id);

        assertThat(ask("SESSION=x; theme=dark; SESSION=; SESSION=forged; " + good))
                .isInstanceOf(Authenticated.class);
        assertThat(ask("SESSION=a1; SESSION=b2; SESSION=c3; SESSION=d4; " + good))
                .isInstanceOf(Anonymous.class);
        assertThat(ask("SESSION=a1", good)).isInstanceOf(Authenticated.class);
    }

    @Test
    void readsNothingFromKeysOfOtherKinds() {
        SpringSite app = new SpringSite(Kind.SERVLET_INDEXED, Values.JDK, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));

        assertThat(ask("SESSION=expires:" + id)).isInstanceOf(Anonymous.class);
        assertThat(ask("SESSION=" + id + ":idx")).isInstanceOf(Anonymous.class);
    }

    @Test
    void usesNamespaceCookieNameAndRouteOfTheSettings() {
        SessionResolver other = resolver(new SpringSessionProperties("SID", "shop", "node1", null));
        SpringSite app = new SpringSite(Kind.SERVLET, Values.JDK, site);
        String id = app.create(session -> session.setAttribute(CONTEXT, SpringLogins.form("alice", "ROLE_USER")));
        server.command("RENAME", "spring:session:sessions:" + id, "shop:sessions:own-id");

        assertThat(ask(other, "SID=" + base64("own-id.node1"))).isInstanceOf(Authenticated.class);
        assertThat(ask(other, "SESSION=" + base64("own-id.node1"))).isInstanceOf(Anonymous.class);
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Authenticated authenticated(String cookies) {
        Authentication answer = ask(cookies);
        assertThat(answer).isInstanceOf(Authenticated.class);
        return (Authenticated) answer;
    }

    private Authentication ask(String... cookies) {
        return ask(resolver, cookies);
    }

    /** By a resolver with nothing in its cache. */
    private static Authentication askAnew(String... cookies) {
        return ask(resolver(new SpringSessionProperties("SESSION", "spring:session", null, null)), cookies);
    }

    private static Authentication ask(SessionResolver resolver, String... cookies) {
        return resolver.resolve(new Credentials(Arrays.asList(cookies), null, null, null))
                .block(WAIT);
    }

    private static SessionResolver resolver(SpringSessionProperties settings) {
        return SpringSessionResolver.of(
                settings,
                new SessionRedis(link, Duration.ofSeconds(5), Duration.ofSeconds(1), new Advice()),
                Clock.systemUTC());
    }
}
