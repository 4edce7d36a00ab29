package dev.sidestream.channel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    STORAGE_FULL | OOM command not allowed when used memory > 'maxmemory'.
                    STORAGE_FULL | ERR Error running script (call to f_1): @user_script:37: -OOM command not allowed
                    STORAGE_FULL | MISCONF Redis is configured to save RDB snapshots, but it's unable to persist
                    UNAVAILABLE  | LOADING Redis is loading the dataset in memory
                    UNAVAILABLE  | READONLY You can't write against a read only replica.
                    UNAVAILABLE  | ERR Error running script (call to f_1): @user_script:37: -READONLY You can't write
                    UNAVAILABLE  | CLUSTERDOWN The cluster is down
                    UNAVAILABLE  | NOREPLICAS Not enough good replicas to write.
                    UNAVAILABLE  | BUSY Redis is busy running a script.
                    INVALID      | WRONGTYPE Operation against a key holding the wrong kind of value
                    INVALID      | NOPERM this user has no permissions to run the 'evalsha' command
                    INVALID      | ERR unknown command
                    """)
    void tellsWhatTheCallerCanDo(Kind kind, String text) {
        ChannelLayerException failure = Failures.of(new RedisCommandExecutionException(text));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasCauseInstanceOf(RedisCommandExecutionException.class);
    }

    @Test
    void callsEverythingBetweenUsAndRedisUnavailable() {
        assertThat(Failures.of(new RedisCommandTimeoutException("late"))).hasMessageContaining("outcome is unknown");
        assertThat(Failures.of(new CompletionException(new RedisException("Connection closed")))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(Failures.of(new CancellationException()).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Failures.isReadOnly(new CompletionException(
                        new RedisCommandExecutionException("ERR Error running script: -READONLY You can't"))))
                .isTrue();
        assertThat(Failures.isReadOnly(new RedisCommandTimeoutException("late")))
                .isFalse();
    }

    @Test
    void keepsWhatWasAlreadyTold() {
        ChannelLayerException known = new ChannelLayerException(Kind.INVALID, "known", null);
        assertThat(Failures.of(new CompletionException(known))).isSameAs(known);
        assertThat(Failures.isInvalid(known)).isTrue();
        assertThat(Failures.isInvalid(null)).isFalse();
    }
}
