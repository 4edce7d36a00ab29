package dev.sidestream.channel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

@EachRedis
class RedisForTestsIT {

    @Test
    void keepsDataAndPortOverACrash() {
        try (RedisForTests redis = RedisForTests.create()) {
            int port = redis.port();
            redis.command("SET", "a", "1");
            redis.restart();
            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.command("GET", "a")).isEqualTo("1");
            redis.flush();
            assertThat(redis.command("GET", "a")).isNull();
        }
    }

    @Test
    void answersNothingWhilePaused() {
        try (RedisForTests redis = RedisForTests.create()) {
            redis.pause();
            assertThat(Resp.answers(redis.host(), redis.port())).isFalse();
            redis.resume();
            Await.until("it answers again", () -> Resp.answers(redis.host(), redis.port()));
        }
    }

    @Test
    void refusesConnectionsAfterItsEnd() {
        RedisForTests redis = RedisForTests.create("--maxmemory", "20mb");
        assertThat(redis.command("CONFIG", "GET", "maxmemory").toString()).contains("20971520");
        redis.close();
        assertThatThrownBy(() -> redis.command("PING")).hasMessageContaining("refused");
    }
}
