package dev.sidestream.sessions.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.HygieneChecks;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Anonymous;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.Authentication.Unavailable;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.User;
import dev.sidestream.sessions.config.SessionConfiguration;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;

/** What is said, and what is not, when sessions cannot be read or settings are wrong. */
@ExtendWith(HygieneChecks.class)
class StoreTroubleIT {

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String UUID = "11111111-1111-1111-1111-111111111111";

    private static final String CANARY = "canary0secret0";

    private final RedisForTests server = RedisForTests.create();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> capture = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + " "
                    + event.getKeyValuePairs() + " " + event.getMDCPropertyMap()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };
    private Level level;

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(
                    RedisLink.class,
                    () -> RedisLink.to(
                            RedisEndpoints.standalone(server.host(), server.port()), RedisLinkOptions.defaults()))
            .withPropertyValues(
                    "sidestream.session.resolvers=spring,express,django,php,laravel,flask,jwt",
                    "sidestream.session.laravel.keys=base64:" + "A".repeat(43) + "=",
                    "sidestream.session.read-timeout=1s",
                    "sidestream.session.express.secrets=" + CANARY,
                    "sidestream.session.php.user-path=user.id",
                    "sidestream.session.jwt.secrets=" + CANARY.repeat(3))
            .withUserConfiguration(SessionConfiguration.class);

    @BeforeEach
    void listen() {
        level = root.getLevel();
        root.setLevel(Level.TRACE);
        // As the defaults of the service do: below this level the Redis client prints every byte of the conversation.
        ((Logger) LoggerFactory.getLogger("io.lettuce")).setLevel(Level.INFO);
        capture.setContext(root.getLoggerContext());
        capture.start();
        root.addAppender(capture);
    }

    @AfterEach
    void stop() {
        root.detachAppender(capture);
        root.setLevel(level);
        server.close();
    }

    @Test
    void isUnavailableAndNeverNobodyWhileRedisIsAway() {
        context.run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            String cookies = "sessionid=aaaaaaaabbbbbbbbccccccccdddddddd";
            Awaitility.await().atMost(WAIT).until(() -> ask(sessions, cookies) instanceof Anonymous);

            server.pause();
            assertThat(ask(sessions, "sessionid=paused00bbbbbbbbccccccccdddddddd"))
                    .isInstanceOf(Unavailable.class);
            server.resume();
            server.kill();
            assertThat(ask(sessions, "sessionid=killed00bbbbbbbbccccccccdddddddd"))
                    .isInstanceOf(Unavailable.class);
            assertThat(sessions.reread(new SessionRef("django", "x", 1, null)).block(WAIT))
                    .isInstanceOf(Unavailable.class);
            assertThat(ask(sessions, "theme=dark")).isInstanceOf(Anonymous.class);

            server.start();
            String again = "sessionid=killed00bbbbbbbbccccccccdddddddd";
            Awaitility.await().atMost(WAIT).until(() -> ask(sessions, again) instanceof Anonymous);
        });
    }

    @Test
    void asksRedisOnceForAStormOfOneCookie() {
        context.run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            Awaitility.await().atMost(WAIT).until(() -> ask(sessions, "session=warmwarmwarmwarm") instanceof Anonymous);
            long before = gets();

            Flux.range(0, 1_000)
                    .flatMap(i -> sessions.authenticate(credentials("session=forgedforgedforged")), 200)
                    .blockLast(WAIT);

            assertThat(gets() - before).isBetween(1L, 5L);
        });
    }

    @Test
    void namesTheSettingOnceWhenNothingIsEverFoundOrNothingFits() {
        context.run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            String laravel = Recording.of("laravel").login().cookies().replaceFirst("^[^=]*=", "");
            String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0." + "A".repeat(43); // a key that is not ours
            for (int i = 0; i < 3; i++) {
                String cookies = "SESSION=0000000" + i + "-0000-0000-0000-000000000000; sessionid=aaaaaaaabbbb" + i
                        + "; PHPSESSID=aaaaaaaaaaaaaaaaaaaa" + i + "; session=aaaaaaaaaaaaaaaaaaaa" + i
                        + "; connect.sid=s%3Aabc" + i + ".wrong; laravel-session=" + laravel;
                sessions.authenticate(new Credentials(List.of(), "Bearer " + token, null, null))
                        .block(WAIT);
                Awaitility.await().atMost(WAIT).until(() -> ask(sessions, cookies) instanceof Anonymous);
            }
            for (String property : List.of(
                    "sidestream.session.spring.namespace",
                    "sidestream.session.django.key-prefix",
                    "sidestream.session.php.prefix",
                    "sidestream.session.flask.prefix",
                    "sidestream.session.express.secrets",
                    "sidestream.session.laravel.keys",
                    "sidestream.session.jwt.secrets")) {
                assertThat(warnings(property)).as(property).hasSize(1);
            }
        });
    }

    @Test
    void namesTheSettingWhenAFormatIsUnknown() {
        context.run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            String id = "aaaaaaaaaaaaaaaaaaaaaaaa";
            server.command("SET", "PHPREDIS_SESSION:" + id, "\u0000\u0000\u0000\u0002\u0014" + CANARY);

            Awaitility.await().atMost(WAIT).until(() -> ask(sessions, "PHPSESSID=" + id) instanceof Anonymous);

            assertThat(warnings("session.serialize_handler")).hasSize(1);
            String uuid = "11111111-2222-3333-4444-555555555555";
            String key = "spring:session:sessions:" + uuid;
            server.command(
                    "HSET",
                    key,
                    "creationTime",
                    "\u0001kryo" + CANARY,
                    "lastAccessedTime",
                    "k",
                    "maxInactiveInterval",
                    "k");
            for (int i = 0; i < 3; i++) {
                assertThat(ask(sessions, "SESSION=" + uuid)).isInstanceOf(Anonymous.class);
            }
            assertThat(warnings("springSessionDefaultRedisSerializer")).hasSize(1);
            assertThat(warnings("sidestream.session.php.prefix")).isEmpty();
        });
    }

    @Test
    void logsNoSecretAtAnyLevel() {
        context.run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            String id = CANARY + "aaaaaaaaaaaaaaaa";
            put(
                    app.getBean(RedisLink.class),
                    "PHPREDIS_SESSION:" + id,
                    "user|a:1:{s:2:\"id\";s:14:\"" + CANARY + "\";}");
            put(app.getBean(RedisLink.class), "session:" + id, "{\"broken " + CANARY);
            put(
                    app.getBean(RedisLink.class),
                    ":1:django.contrib.sessions.cache" + id,
                    "cos\nsystem\n(S'" + CANARY + "'\ntR.");
            List<Credentials> all = new ArrayList<>();
            for (String name : List.of("SESSION", "sessionid", "PHPSESSID", "session", "connect.sid")) {
                all.add(credentials(name + "=" + id));
                all.add(credentials(name + "=s:" + id + "." + CANARY));
            }
            all.add(new Credentials(List.of(), "Bearer " + CANARY, null, null));
            all.add(new Credentials(List.of(), "Token e30." + CANARY + ".x", null, null));
            all.add(new Credentials(List.of(), null, CANARY, "lobby"));
            List<Authentication> answers = new ArrayList<>();
            for (Credentials credentials : all) {
                answers.add(sessions.authenticate(credentials).block(WAIT));
                log.add(credentials.toString());
            }
            assertThat(answers).anyMatch(Authenticated.class::isInstance);
            answers.stream()
                    .filter(Authenticated.class::isInstance)
                    .map(answer -> ((Authenticated) answer).session())
                    .forEach(session -> log.add(session + " "
                            + sessions.reread(session).map(now -> "").block(WAIT)));
            server.kill();
            all.forEach(credentials -> sessions.authenticate(credentials).block(WAIT));

            assertThat(log).isNotEmpty().noneMatch(line -> line.contains(CANARY));
        });
    }

    private List<String> warnings(String text) {
        return log.stream()
                .filter(line -> line.startsWith("WARN") && line.contains(text))
                .toList();
    }

    private long gets() {
        return String.valueOf(server.command("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_get:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_get:calls=(\\d+),.*", "$1")))
                .sum();
    }

    private static void put(RedisLink link, String key, String value) throws Exception {
        link.connected().toCompletableFuture().get(20, TimeUnit.SECONDS);
        link.commands()
                .set(
                        key.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8),
                        SetArgs.Builder.ex(600))
                .get(20, TimeUnit.SECONDS);
    }

    private static Authentication ask(SessionAuthenticator sessions, String cookies) {
        return sessions.authenticate(credentials(cookies)).block(WAIT);
    }

    private static Credentials credentials(String cookies) {
        return new Credentials(List.of(cookies), null, null, null);
    }

    @Test
    void takesAKeyOfAnotherTypeForNoSessionAndNamesTheSetting() {
        server.command("SET", "spring:session:sessions:" + UUID, "x");
        server.command("HSET", "PHPREDIS_SESSION:aaaaaaaaaaaaaaaaaaaaaaaa", "a", "b");

        context.run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            String cookies = "SESSION=" + UUID + "; PHPSESSID=aaaaaaaaaaaaaaaaaaaaaaaa";
            for (int i = 0; i < 3; i++) {
                Awaitility.await().atMost(WAIT).until(() -> ask(sessions, cookies) instanceof Anonymous);
            }
            for (String property : List.of("sidestream.session.spring.namespace", "sidestream.session.php.prefix")) {
                assertThat(warnings(property)).as(property).hasSize(1);
            }
        });
    }

    @Test
    void showsNoSecretInTextForms() {
        SessionRef session = new SessionRef("spring", CANARY, 1, null);
        Authenticated login = new Authenticated(new User("alice", "alice", Set.of()), session);

        assertThat(login.toString() + credentials(CANARY)).doesNotContain(CANARY);
    }
}
