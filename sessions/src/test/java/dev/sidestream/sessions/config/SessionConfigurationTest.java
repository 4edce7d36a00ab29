package dev.sidestream.sessions.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.SessionResolvers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

class SessionConfigurationTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withBean(
                    RedisLink.class,
                    () -> RedisLink.to(RedisEndpoints.standalone("127.0.0.1", 1), RedisLinkOptions.defaults()))
            .withUserConfiguration(SessionConfiguration.class);

    @Test
    void readsSpringSessionsOutOfTheSameRedisUnlessToldOtherwise() {
        context.run(app -> {
            assertThat(names(app.getBean(SessionResolvers.class))).containsExactly("spring");
            assertThat(app.getBean(SessionRedis.class).link()).isSameAs(app.getBean(RedisLink.class));
            assertThat(app).hasSingleBean(SessionAuthenticator.class);
        });
    }

    @Test
    void readsSessionsOutOfAnotherRedisOrDatabase() {
        context.withPropertyValues("sidestream.session.redis.url=redis://127.0.0.1:1/3")
                .run(app -> assertThat(app.getBean(SessionRedis.class).link())
                        .isNotSameAs(app.getBean("redisLink", RedisLink.class)));
    }

    @Test
    void aSiteMayBeGivenLongerToAnswerThanRedis() {
        context.withPropertyValues(
                        "sidestream.session.redis.url=redis://127.0.0.1:1/3", "sidestream.session.read-timeout=30s")
                .run(app -> {
                    SessionRedis redis = app.getBean(SessionRedis.class);
                    assertThat(redis.readTimeout()).hasSeconds(30);
                    assertThat(redis.link().commandTimeout()).isEqualTo(RedisLinkOptions.LONGEST);
                });
    }

    @Test
    void asksInTheOrderOfTheSettingsAndBeansLast() {
        context.withBean(SessionResolver.class, () -> new Own("own"))
                .withPropertyValues(
                        "sidestream.session.resolvers=http,express,spring,django,php,laravel,flask,jwt",
                        "sidestream.session.http.url=http://127.0.0.1:1/whoami",
                        "sidestream.session.express.secrets=keyboard cat",
                        "sidestream.session.php.user-path=user_id",
                        "sidestream.session.laravel.keys=base64:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        "sidestream.session.jwt.secrets=a secret of more than thirty-two bytes")
                .run(app -> assertThat(names(app.getBean(SessionResolvers.class)))
                        .containsExactly(
                                "http", "express", "spring", "django", "php", "laravel", "flask", "jwt", "own"));
        context.withBean(SessionResolver.class, () -> new Own("own"))
                .withPropertyValues("sidestream.session.resolvers=own,spring")
                .run(app ->
                        assertThat(names(app.getBean(SessionResolvers.class))).containsExactly("own", "spring"));
    }

    @ParameterizedTest
    @CsvSource({
        "sidestream.session.resolvers,sprng",
        "sidestream.session.read-timeout,1ms",
        "sidestream.session.cache,1h",
        "sidestream.session.redis.url,localhost",
        "sidestream.session.spring.namespace,' '",
        "sidestream.session.spring.cookie-name,a b",
        "sidestream.session.spring.user-path,a..b",
        "sidestream.session.express.cookie-name,a;b",
        "sidestream.session.express.secrets,''",
        "sidestream.session.php.user-path,''",
        "sidestream.session.laravel.keys,base64:short",
        "sidestream.session.http.url,nonsense",
        "sidestream.session.jwt.secrets,short",
    })
    void namesTheSettingThatIsWrong(String property, String value) {
        String third = property.split("\\.", -1)[2];
        boolean framework =
                List.of("spring", "express", "php", "laravel", "http", "jwt").contains(third);
        String resolvers = framework ? third : property.endsWith("resolvers") ? value : "spring";
        context.withPropertyValues(property + "=" + value, "sidestream.session.resolvers=" + resolvers)
                .run(app -> assertThat(app.getStartupFailure()).rootCause().hasMessageContaining(property));
    }

    private static List<String> names(SessionResolvers resolvers) {
        return resolvers.all().stream().map(SessionResolver::name).toList();
    }

    private record Own(String name) implements SessionResolver {

        @Override
        public Mono<Authentication> resolve(Credentials credentials) {
            return Mono.just(new Authentication.Anonymous());
        }

        @Override
        public Mono<Authentication> reread(SessionRef session) {
            return Mono.just(new Authentication.Expired());
        }
    }
}
