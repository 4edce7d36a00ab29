package dev.sidestream.sessions.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadCacheTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final ReadCache cache =
            new ReadCache(Duration.ofSeconds(1), nanos::get, state -> !(state instanceof SessionState.NoLogin));
    private final List<CompletableFuture<SessionState>> reads = new ArrayList<>();

    private final Supplier<CompletableFuture<SessionState>> read = () -> {
        CompletableFuture<SessionState> answer = new CompletableFuture<>();
        reads.add(answer);
        return answer;
    };

    @Test
    void readsOnceForManyAtOnce() {
        CompletableFuture<SessionState> first = cache.get("a", read);
        CompletableFuture<SessionState> second = cache.get("a", read);
        reads.getFirst().complete(new SessionState.Missing());

        assertThat(reads).hasSize(1);
        assertThat(first.join()).isEqualTo(new SessionState.Missing());
        assertThat(second.join()).isEqualTo(new SessionState.Missing());
    }

    @Test
    void holdsAnAnswerForASecondFromItsArrival() {
        cache.get("a", read);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        reads.getFirst().complete(new SessionState.Ended());

        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(cache.get("a", read).join()).isEqualTo(new SessionState.Ended());
        assertThat(reads).hasSize(1);

        nanos.addAndGet(Duration.ofMillis(2).toNanos());
        assertThat(cache.get("a", read)).isNotCompleted();
        assertThat(reads).hasSize(2);
    }

    @Test
    void neverHoldsAFailure() {
        CompletableFuture<SessionState> first = cache.get("a", read);
        reads.getFirst().completeExceptionally(new IllegalStateException("away"));

        assertThat(first).isCompletedExceptionally();
        assertThat(cache.get("a", read)).isNotCompleted();
        assertThat(reads).hasSize(2);
    }

    @Test
    void asksAgainWhetherSomebodyHasLoggedInByNow() {
        CompletableFuture<SessionState> first = cache.get("a", read);
        reads.getFirst().complete(new SessionState.NoLogin());

        assertThat(first).isCompletedWithValue(new SessionState.NoLogin());
        assertThat(cache.get("a", read)).isNotCompleted();
    }

    @Test
    void keepsKeysApart() {
        cache.get("a", read);
        cache.get("b", read);

        assertThat(reads).hasSize(2);
    }

    @Test
    void readsThroughWhenItIsFullAndMakesRoomOfWhatIsStale() {
        for (int i = 0; i < ReadCache.MAX_ENTRIES + 5; i++) {
            cache.get("key " + i, read);
        }
        cache.get("another", read);
        cache.get("another", read);
        assertThat(reads).hasSize(ReadCache.MAX_ENTRIES + 7);

        reads.forEach(answer -> answer.complete(new SessionState.Missing()));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        cache.get("another", read);
        cache.get("another", read);
        assertThat(reads).hasSize(ReadCache.MAX_ENTRIES + 8);
    }
}
