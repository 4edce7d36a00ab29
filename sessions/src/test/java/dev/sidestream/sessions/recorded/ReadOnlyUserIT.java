package dev.sidestream.sessions.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Anonymous;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.Authentication.Expired;
import dev.sidestream.sessions.Authentication.Unavailable;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.config.SessionConfiguration;
import dev.sidestream.sessions.store.Warnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Sessions are read as a user of Redis who may read them and nothing else. What a right is called depends on the version. */
@EachRedis
class ReadOnlyUserIT {

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String UUID = "11111111-1111-1111-1111-111111111111";

    /** What the documentation says that reading sessions takes. */
    private static final String RIGHTS = "+@read +ping +time +select +client|tracking";

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final RedisForTests server = RedisForTests.create();
    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(
                    RedisLink.class,
                    () -> RedisLink.to(
                            RedisEndpoints.standalone(server.host(), server.port()), RedisLinkOptions.defaults()))
            .withPropertyValues(
                    "sidestream.session.resolvers=spring,php,flask",
                    "sidestream.session.read-timeout=1s",
                    "sidestream.session.php.user-path=user.id")
            .withUserConfiguration(SessionConfiguration.class);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsAsAUserWhoMayOnlyReadTheSessions() {
        String id = "aaaaaaaaaaaaaaaaaaaaaaaa";
        server.command("SET", "PHPREDIS_SESSION:" + id, "user|a:1:{s:2:\"id\";i:7;}", "EX", "600");
        reader("~PHPREDIS_SESSION:*", RIGHTS);

        context.withPropertyValues(asReader("0")).run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            Awaitility.await().atMost(WAIT).until(() -> ask(sessions, "PHPSESSID=" + id) instanceof Authenticated);
            assertThat(ask(sessions, "session=aaaaaaaaaaaaaaaaaaaaaaaa")).isInstanceOf(Unavailable.class);
            assertThat(warnings("does not permit reading flask sessions")).hasSize(1);
        });
    }

    @Test
    void readsSessionsOfAnotherDatabaseAndSpringsAsThatUser() {
        reader("~spring:session:*", RIGHTS);

        context.withPropertyValues(asReader("1")).run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            Awaitility.await().atMost(WAIT).until(() -> ask(sessions, "SESSION=" + UUID) instanceof Anonymous);
            assertThat(warnings("permit")).isEmpty();
        });
    }

    @Test
    void goesByItsOwnClockWhereRedisDoesNotTellTheTime() {
        reader("~spring:session:*", "+@read");
        for (String id : List.of(UUID, UUID.replace('1', '2'))) {
            long accessed = System.currentTimeMillis() - (id.equals(UUID) ? 0 : 3_600_000);
            server.command(
                    "HSET",
                    "spring:session:sessions:" + id,
                    "creationTime",
                    "1764000000000",
                    "lastAccessedTime",
                    Long.toString(accessed),
                    "maxInactiveInterval",
                    "1800",
                    "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME",
                    "\"alice\"");
        }

        context.withPropertyValues(asReader("0")).run(app -> {
            SessionAuthenticator sessions = app.getBean(SessionAuthenticator.class);
            Awaitility.await().atMost(WAIT).until(() -> ask(sessions, "SESSION=" + UUID) instanceof Authenticated);
            assertThat(ask(sessions, "SESSION=" + UUID.replace('1', '2'))).isInstanceOf(Expired.class);
            assertThat(warnings("+time")).hasSize(1);
            assertThat(warnings("does not permit reading")).isEmpty();
        });
    }

    /** A user of Redis that is called sidestream. */
    private void reader(String keys, String rights) {
        String command = "ACL SETUSER sidestream on >pass " + keys + " " + rights;
        server.command(command.split(" "));
    }

    private String asReader(String database) {
        return "sidestream.session.redis.url=redis://sidestream:pass@" + server.host() + ":" + server.port() + "/"
                + database;
    }

    private List<String> warnings(String text) {
        return warnings.texts().stream().filter(line -> line.contains(text)).toList();
    }

    private static Authentication ask(SessionAuthenticator sessions, String cookies) {
        return sessions.authenticate(new Credentials(List.of(cookies), null, null, null))
                .block(WAIT);
    }

    @Test
    void theDocumentationGivesThoseRights() throws Exception {
        Path docs = Path.of("../docs");
        assertThat(Files.readString(docs.resolve("operations.md"))).contains(RIGHTS);
        for (String recipe : List.of("spring", "express", "django", "php", "laravel", "flask")) {
            assertThat(Files.readString(docs.resolve("bolt-on").resolve(recipe + ".md")))
                    .as(recipe)
                    .contains("`" + RIGHTS + "`");
        }
    }
}
