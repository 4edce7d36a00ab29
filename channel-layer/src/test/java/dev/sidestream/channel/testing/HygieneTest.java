package dev.sidestream.channel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Both watches see what they are there for. */
class HygieneTest {

    @BeforeAll
    static void install() {
        Hygiene.install();
    }

    @Test
    void aCallThatBlocksAnEventLoopIsSeen() {
        Mono<Boolean> blocking = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return true;
                })
                .subscribeOn(Schedulers.parallel());
        assertThat(blocking.block(Duration.ofSeconds(20))).isTrue();
        assertThat(Hygiene.blocked()).anyMatch(trace -> trace.contains("sleep"));
        assertThat(Hygiene.blocked()).isEmpty();
    }

    @Test
    void aBufferThatNobodyReleasesIsSeen() {
        lose();
        Hygiene.awaitAndForgetLeak();
        assertThat(Hygiene.leaked()).isEmpty();
    }

    private static void lose() {
        assertThat(PooledByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1).isReadable())
                .isTrue();
    }
}
