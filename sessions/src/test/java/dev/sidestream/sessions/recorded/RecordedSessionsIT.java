package dev.sidestream.sessions.recorded;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.sidestream.sessions.django.DjangoSessionProperties;
import dev.sidestream.sessions.django.DjangoSessionResolver;
import dev.sidestream.sessions.express.ExpressSessionProperties;
import dev.sidestream.sessions.express.ExpressSessionResolver;
import dev.sidestream.sessions.flask.FlaskSessionProperties;
import dev.sidestream.sessions.flask.FlaskSessionResolver;
import dev.sidestream.sessions.laravel.LaravelSessionProperties;
import dev.sidestream.sessions.laravel.LaravelSessionResolver;
import dev.sidestream.sessions.php.PhpSessionProperties;
import dev.sidestream.sessions.php.PhpSessionResolver;
import dev.sidestream.sessions.recorded.Recording.Moment;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.SessionRedis;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions that real Express, Django, Flask, PHP and Laravel sites wrote, put back into the real Redis byte by byte. */
@ExtendWith(HygieneChecks.class)
class RecordedSessionsIT {

    private static final Duration WAIT = Duration.ofSeconds(20);

    /** One, as in a node, so that the log has each warning once. */
    private static final Advice ADVICE = new Advice();

    private static RedisForTests server;
    private static RedisLink link;

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

    static List<String> sites() {
        return List.of(
                "express",
                "express-old-secret",
                "django",
                "django-cached-db",
                "django-redis",
                "django-redis-json",
                "django-redis-zlib",
                "django-redis-json-zlib",
                "flask-msgpack",
                "flask-json",
                "php",
                "php-serialize",
                "php-binary",
                "laravel",
                "laravel-128",
                "laravel-gcm",
                "laravel-encrypted",
                "laravel-json",
                "laravel-12");
    }

    @ParameterizedTest
    @MethodSource("sites")
    void knowsWhoLoggedIn(String site) throws Exception {
        Recording recording = Recording.of(site);
        restore(recording.login());

        Authentication answer = ask(resolver(site), recording.login());

        assertThat(answer).isInstanceOf(Authenticated.class);
        Authenticated login = (Authenticated) answer;
        assertThat(login.user().id()).isEqualTo(recording.user("id"));
        assertThat(login.user().name()).isEqualTo(recording.user("name"));
        assertThat(login.session().deadline())
                .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(601));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void takesAVisitorForNobody(String site) throws Exception {
        Recording recording = Recording.of(site);
        restore(recording.anonymous());

        assertThat(ask(resolver(site), recording.anonymous())).isInstanceOf(Anonymous.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void letsNobodyInAfterLogout(String site) throws Exception {
        Recording recording = Recording.of(site);
        restore(recording.login());
        SessionResolver resolver = resolver(site);
        Authenticated login = (Authenticated) ask(resolver, recording.login());

        server.flush();
        restore(recording.logout());

        assertThat(resolver.reread(login.session()).block(WAIT)).isInstanceOf(Expired.class);
        assertThat(ask(resolver(site), recording.logout())).isInstanceOf(Anonymous.class);
    }

    @ParameterizedTest
    @MethodSource("sites")
    void readsNothingOutOfCutOffOrChangedValues(String site) throws Exception {
        Recording recording = Recording.of(site);
        SessionResolver resolver = resolver(site);
        for (Map.Entry<String, byte[]> key : recording.login().keys().entrySet()) {
            for (int length = 0; length < key.getValue().length - 1; length++) {
                put(key.getKey(), java.util.Arrays.copyOf(key.getValue(), length));
                Authentication answer = ask(resolver(site), recording.login());
                assertThat(answer)
                        .as("%s cut to %d", site, length)
                        .satisfiesAnyOf(
                                nobody -> assertThat(nobody).isInstanceOf(Anonymous.class),
                                same -> assertThat(((Authenticated) same).user().id())
                                        .isEqualTo(recording.user("id")));
            }
        }
        assertThat(resolver.name()).isNotEmpty();
    }

    @Test
    void acceptsOnlyCookiesThatASecretSigned() throws Exception {
        Recording recording = Recording.of("express");
        restore(recording.login());
        String cookie = recording.login().cookies();

        assertThat(ask(express("keyboard cat"), cookie)).isInstanceOf(Anonymous.class);
        assertThat(ask(express("new secret"), cookie)).isInstanceOf(Authenticated.class);
        assertThat(ask(express("old", "new secret"), cookie)).isInstanceOf(Authenticated.class);
        int signature = cookie.lastIndexOf('.') + 1;
        for (int i = signature; i < cookie.length(); i++) {
            char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
            String forged = cookie.substring(0, i) + other + cookie.substring(i + 1);
            assertThat(ask(express("new secret"), forged)).isInstanceOf(Anonymous.class);
        }
        String id = cookie.substring(cookie.indexOf("s%3A") + 4, cookie.lastIndexOf('.'));
        for (String unsigned : List.of(id, "s%3A" + id, "s%3A" + id + ".", "s:" + id, "j:" + id)) {
            assertThat(ask(express("new secret"), "connect.sid=" + unsigned)).isInstanceOf(Anonymous.class);
        }
    }

    @Test
    void acceptsOnlyCookiesThatAKeyOfTheSiteEncryptedUnderThatName() throws Exception {
        Recording recording = Recording.of("laravel");
        restore(recording.login());
        String cookie = recording.login().cookies();
        String key = recording.setting("APP_KEY");
        String other = Recording.of("laravel-gcm").setting("APP_KEY");

        assertThat(ask(laravel(recording, "laravel_session", other, key), cookie))
                .isInstanceOf(Authenticated.class);
        assertThat(ask(laravel(recording, "laravel_session", other), cookie)).isInstanceOf(Anonymous.class);
        String renamed = cookie.replace("laravel_session=", "other=");
        assertThat(ask(laravel(recording, "other", key), renamed)).isInstanceOf(Anonymous.class);
        for (String forged : forgeries(cookie.substring("laravel_session=".length()))) {
            assertThat(ask(laravel(recording, "laravel_session", key), "laravel_session=" + forged))
                    .isInstanceOf(Anonymous.class);
        }
        String id = recording.login().keys().keySet().iterator().next().replaceAll(".*:", "");
        assertThat(ask(laravel(recording, "laravel_session", key), "laravel_session=" + id))
                .isInstanceOf(Anonymous.class);
    }

    /** One character changed in each of the parts that matter. */
    private static List<String> forgeries(String cookie) {
        String envelope = new String(
                java.util.Base64.getDecoder().decode(java.net.URLDecoder.decode(cookie, StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        List<String> forgeries = new java.util.ArrayList<>();
        for (String part : List.of("iv", "value", "mac")) {
            int start = envelope.indexOf("\"" + part + "\":\"") + part.length() + 4;
            for (int i = start; i < start + 20; i++) {
                char changed = envelope.charAt(i) == 'a' ? 'b' : 'a';
                String forged = envelope.substring(0, i) + changed + envelope.substring(i + 1);
                forgeries.add(java.util.Base64.getEncoder().encodeToString(forged.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return forgeries;
    }

    private static SessionResolver laravel(Recording recording, String cookieName, String... keys) {
        return LaravelSessionResolver.of(
                new LaravelSessionProperties(List.of(keys), recording.setting("prefix"), cookieName, "web", "name"),
                redis(),
                Clock.systemUTC());
    }

    private static SessionResolver express(String... secrets) {
        return ExpressSessionResolver.of(
                new ExpressSessionProperties(List.of(secrets), "connect.sid", "sess:", null, null),
                redis(),
                Clock.systemUTC());
    }

    private static SessionResolver resolver(String site) {
        Clock clock = Clock.systemUTC();
        if (site.startsWith("express")) {
            return express("new secret", "keyboard cat");
        }
        if (site.startsWith("django")) {
            return DjangoSessionResolver.of(new DjangoSessionProperties("sessionid", "", 1, "name"), redis(), clock);
        }
        if (site.startsWith("flask")) {
            return FlaskSessionResolver.of(
                    new FlaskSessionProperties("session", "session:", "_user_id", null), redis(), clock);
        }
        if (site.startsWith("laravel")) {
            Recording recording = Recording.of(site);
            return laravel(recording, recording.setting("cookie"), recording.setting("APP_KEY"));
        }
        return PhpSessionResolver.of(
                new PhpSessionProperties("user.id", "user.name", "PHPREDIS_SESSION:", "PHPSESSID"), redis(), clock);
    }

    private static SessionRedis redis() {
        return new SessionRedis(link, Duration.ofSeconds(5), Duration.ZERO, ADVICE);
    }

    private static void restore(Moment moment) throws Exception {
        for (Map.Entry<String, byte[]> key : moment.keys().entrySet()) {
            put(key.getKey(), key.getValue());
        }
    }

    private static void put(String key, byte[] value) throws Exception {
        link.commands()
                .set(key.getBytes(StandardCharsets.UTF_8), value, SetArgs.Builder.ex(600))
                .get(20, TimeUnit.SECONDS);
    }

    private static Authentication ask(SessionResolver resolver, Moment moment) {
        return ask(resolver, moment.cookies());
    }

    private static Authentication ask(SessionResolver resolver, String cookies) {
        return resolver.resolve(new Credentials(List.of(cookies), null, null, null))
                .block(WAIT);
    }
}
