package dev.sidestream.sessions.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.sessions.django.DjangoSessionProperties;
import dev.sidestream.sessions.express.ExpressSessionProperties;
import dev.sidestream.sessions.flask.FlaskSessionProperties;
import dev.sidestream.sessions.http.HttpSessionProperties;
import dev.sidestream.sessions.laravel.LaravelSessionProperties;
import dev.sidestream.sessions.php.PhpSessionProperties;
import dev.sidestream.sessions.spring.SpringSessionProperties;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.token.JwtProperties;
import dev.sidestream.sessions.watch.SessionLifeProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A program without Spring gets what Spring Boot would bind. */
class SettingsWithoutBootTest {

    static Arguments[] settings() {
        return new Arguments[] {
            alike(SpringSessionProperties.defaults(), "spring", Map.of()),
            alike(ExpressSessionProperties.of("a", "b"), "express", Map.of("secrets", "a,b")),
            alike(DjangoSessionProperties.defaults(), "django", Map.of()),
            alike(PhpSessionProperties.of("user.id"), "php", Map.of("user-path", "user.id")),
            alike(LaravelSessionProperties.of("a", "b"), "laravel", Map.of("keys", "a,b")),
            alike(FlaskSessionProperties.defaults(), "flask", Map.of()),
            alike(HttpSessionProperties.of("http://site"), "http", Map.of("url", "http://site")),
            alike(JwtProperties.ofSecrets("a", "b"), "jwt", Map.of("secrets", "a,b")),
            alike(JwtProperties.ofKeySet("http://site"), "jwt", Map.of("jwks", "http://site")),
            Arguments.of("sidestream.session", SessionLifeProperties.defaults(), Map.of())
        };
    }

    private static Arguments alike(Record made, String resolver, Map<String, String> set) {
        return Arguments.of("sidestream.session." + resolver, made, set);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void areThoseThatBootBinds(String prefix, Record made, Map<String, String> set) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        set.forEach((name, value) -> source.put(prefix + "." + name, value));

        assertThat(made).isEqualTo(new Binder(source).bindOrCreate(prefix, made.getClass()));
    }

    @Test
    void redisIsReadAsBootWould() {
        SessionProperties bound = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("sidestream.session", SessionProperties.class);
        try (RedisLink link = RedisLink.to(RedisEndpoints.standalone("localhost", 1), RedisLinkOptions.defaults())) {
            SessionRedis redis = SessionRedis.of(link);

            assertThat(redis.readTimeout()).isEqualTo(bound.readTimeout());
            assertThat(redis.cacheLifetime()).isEqualTo(bound.cache());
        }
    }
}
