package dev.sidestream.sessions.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadCacheTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final ReadCache cache =
            new ReadCache(Duration.ofSeconds(1), nanos::get, state -> !(state instanceof SessionState.NoLogin));
    private final List<CompletableFuture<SessionState>> reads = new ArrayList<>();

    private CompletableFuture<SessionState> read() {
        CompletableFuture<SessionState> answer = new CompletableFuture<>();
        reads.add(answer);
        return answer;
    }

    private CompletableFuture<SessionState> ask(String key) {
        return cache.get(key, this::read);
    }

    @Test
    void readsOnceForManyAtOnce() {
        CompletableFuture<SessionState> first = ask("a");
        CompletableFuture<SessionState> second = ask("a");
        reads.getFirst().complete(new SessionState.Missing());

        assertThat(reads).hasSize(1);
        assertThat(first.join()).isEqualTo(new SessionState.Missing());
        assertThat(second.join()).isEqualTo(new SessionState.Missing());
    }

    @Test
    void holdsAnAnswerForASecondFromItsArrival() {
        assertThat(ask("a")).isNotCompleted();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        reads.getFirst().complete(new SessionState.Ended());

        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(ask("a").join()).isEqualTo(new SessionState.Ended());
        assertThat(reads).hasSize(1);

        nanos.addAndGet(Duration.ofMillis(2).toNanos());
        assertThat(ask("a")).isNotCompleted();
        assertThat(reads).hasSize(2);
    }

    @Test
    void neverHoldsAFailure() {
        CompletableFuture<SessionState> first = ask("a");
        reads.getFirst().completeExceptionally(new IllegalStateException("away"));

        assertThat(first).isCompletedExceptionally();
        assertThat(ask("a")).isNotCompleted();
        assertThat(reads).hasSize(2);
    }

    @Test
    void asksAgainWhetherSomebodyHasLoggedInByNow() {
        CompletableFuture<SessionState> first = ask("a");
        reads.getFirst().complete(new SessionState.NoLogin());

        assertThat(first).isCompletedWithValue(new SessionState.NoLogin());
        assertThat(ask("a")).isNotCompleted();
    }

    @Test
    void keepsKeysApart() {
        assertThat(ask("a")).isNotCompleted();
        assertThat(ask("b")).isNotCompleted();

        assertThat(reads).hasSize(2);
    }

    @Test
    void readsThroughWhenItIsFullAndMakesRoomOfWhatIsStale() {
        for (int i = 0; i < ReadCache.MAX_ENTRIES + 5; i++) {
            assertThat(ask("key " + i)).isNotCompleted();
        }
        assertThat(ask("another")).isNotCompleted();
        assertThat(ask("another")).isNotCompleted();
        assertThat(reads).hasSize(ReadCache.MAX_ENTRIES + 7);

        reads.forEach(answer -> answer.complete(new SessionState.Missing()));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(ask("another")).isNotCompleted();
        assertThat(ask("another")).isNotCompleted();
        assertThat(reads).hasSize(ReadCache.MAX_ENTRIES + 8);
    }
}
