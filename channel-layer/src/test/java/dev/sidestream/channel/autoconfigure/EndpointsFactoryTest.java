package dev.sidestream.channel.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisEndpoints.Kind;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What Spring Boot's properties become for us. */
class EndpointsFactoryTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class));

    private void with(Consumer<RedisEndpoints> check, String... properties) {
        runner.withPropertyValues(properties).run(context -> {
            DataRedisConnectionDetails details = context.getBean(DataRedisConnectionDetails.class);
            check.accept(new EndpointsFactory(details, context.getBean(DataRedisProperties.class)).create());
        });
    }

    private static void assertAuthenticates(RedisURI uri, String username, String password) {
        RedisCredentials credentials =
                uri.getCredentialsProvider().resolveCredentials().block();
        assertThat(credentials).isNotNull();
        assertThat(credentials.getUsername()).isEqualTo(username);
        assertThat(String.valueOf(credentials.getPassword())).isEqualTo(password);
    }

    @Test
    void readsOneServer() {
        with(
                endpoints -> {
                    assertThat(endpoints.kind()).isEqualTo(Kind.STANDALONE);
                    assertThat(endpoints.ssl()).isNull();
                    RedisURI uri = endpoints.uris().getFirst();
                    assertThat(uri.getHost()).isEqualTo("redis.example");
                    assertThat(uri.getPort()).isEqualTo(6380);
                    assertThat(uri.getDatabase()).isEqualTo(3);
                    assertThat(uri.getClientName()).isEqualTo("sidestream");
                    assertThat(uri.isSsl()).isFalse();
                    assertAuthenticates(uri, "site", "secret");
                },
                "spring.data.redis.host=redis.example",
                "spring.data.redis.port=6380",
                "spring.data.redis.database=3",
                "spring.data.redis.username=site",
                "spring.data.redis.password=secret");
    }

    @Test
    void readsAUrlWithTls() {
        with(
                endpoints -> {
                    RedisURI uri = endpoints.uris().getFirst();
                    assertThat(uri.getHost()).isEqualTo("redis.example");
                    assertThat(uri.getPort()).isEqualTo(6390);
                    assertThat(uri.isSsl()).isTrue();
                    assertThat(uri.getClientName()).isEqualTo("mine");
                    assertAuthenticates(uri, "site", "secret");
                },
                "spring.data.redis.url=rediss://site:secret@redis.example:6390/2",
                "spring.data.redis.client-name=mine");
    }

    @Test
    void readsSentinels() {
        with(
                endpoints -> {
                    assertThat(endpoints.kind()).isEqualTo(Kind.SENTINEL);
                    assertThat(endpoints.ssl()).isNotNull();
                    RedisURI uri = endpoints.uris().getFirst();
                    assertThat(uri.getSentinelMasterId()).isEqualTo("main");
                    assertThat(uri.getDatabase()).isEqualTo(2);
                    assertThat(uri.isSsl()).isTrue();
                    assertAuthenticates(uri, null, "secret");
                    assertThat(uri.getSentinels()).extracting(RedisURI::getPort).containsExactly(26379, 26380);
                    assertThat(uri.getSentinels()).allMatch(RedisURI::isSsl);
                    assertAuthenticates(uri.getSentinels().getFirst(), "watcher", "other");
                },
                "spring.data.redis.sentinel.master=main",
                "spring.data.redis.sentinel.nodes=s1:26379,s2:26380",
                "spring.data.redis.sentinel.username=watcher",
                "spring.data.redis.sentinel.password=other",
                "spring.data.redis.password=secret",
                "spring.data.redis.database=2",
                "spring.data.redis.ssl.enabled=true");
    }

    @Test
    void readsTheSeedsOfACluster() {
        with(
                endpoints -> {
                    assertThat(endpoints.kind()).isEqualTo(Kind.CLUSTER);
                    assertThat(endpoints.uris()).extracting(RedisURI::getHost).containsExactly("c1", "c2");
                    endpoints.uris().forEach(uri -> assertAuthenticates(uri, null, "secret"));
                },
                "spring.data.redis.cluster.nodes=c1:7000,c2:7001",
                "spring.data.redis.password=secret");
    }

    @Test
    void saysWhatToSetInsteadOfStaticReplicas() {
        assertThatThrownBy(() -> with(endpoints -> {}, "spring.data.redis.masterreplica.nodes=a:1,b:2"))
                .hasStackTraceContaining("spring.data.redis.sentinel");
    }
}
