package dev.sidestream.channel.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.testing.Await;
import io.lettuce.core.RedisException;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final EventExecutor loop = new DefaultEventExecutor();
    private final List<String> issued = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private CompletionStage<String> add(Outbox outbox, String name, CompletionStage<String> answer) {
        return outbox.add(() -> {
            issued.add(name);
            return answer;
        });
    }

    @Test
    void keepsTheOrderAndHandsEachItsAnswer() {
        Outbox outbox = new Outbox(loop, 10_000);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            names.add("c" + i);
            answers.add(add(outbox, "c" + i, CompletableFuture.completedFuture("a" + i))
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(issued).isEqualTo(names);
        assertThat(answers.get(417).join()).isEqualTo("a417");
    }

    @Test
    void anUnansweredBatchHoldsUpTheNextForABoundedTime() {
        Outbox outbox = new Outbox(loop, 10);
        CompletableFuture<String> never = new CompletableFuture<>();
        add(outbox, "silent", never);
        Await.until("the first is issued", () -> issued.contains("silent"));
        assertThat(add(outbox, "next", CompletableFuture.completedFuture("a"))
                        .toCompletableFuture()
                        .join())
                .isEqualTo("a");
    }

    /** Such a turn is due when a command came just before the turn before it took all. */
    @Test
    void aTurnThatFindsNothingForgetsNoAnswerThatIsAwaited() throws Exception {
        Outbox outbox = new Outbox(loop, 10);
        CompletableFuture<String> silent = new CompletableFuture<>();
        add(outbox, "silent", silent);
        Await.until("it is issued", () -> issued.contains("silent"));
        loop.submit(outbox::send).get();
        assertThat(loop.submit(outbox::unanswered).get()).isEqualTo(1);
        silent.complete("a");
        assertThat(loop.submit(outbox::unanswered).get()).isZero();
    }

    @Test
    void aFailureIsTheCommandsOwn() {
        Outbox outbox = new Outbox(loop, 10);
        CompletionStage<String> failed =
                add(outbox, "bad", CompletableFuture.failedFuture(new RedisException("refused")));
        CompletionStage<String> thrown = outbox.add(() -> {
            throw new RedisException("not connected");
        });
        assertThatThrownBy(() -> failed.toCompletableFuture().join()).hasMessageContaining("refused");
        assertThatThrownBy(() -> thrown.toCompletableFuture().join()).hasMessageContaining("not connected");
        assertThat(add(outbox, "good", CompletableFuture.completedFuture("a"))
                        .toCompletableFuture()
                        .join())
                .isEqualTo("a");
    }

    @Test
    void refusesWhatIsBeyondTheBoundAndWhatComesAfterTheEnd() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        loop.execute(gate::join);
        Outbox outbox = new Outbox(loop, 2);
        add(outbox, "1", CompletableFuture.completedFuture("a"));
        CompletionStage<String> second = add(outbox, "2", CompletableFuture.completedFuture("b"));
        CompletionStage<String> third = add(outbox, "3", CompletableFuture.completedFuture("c"));
        assertThatThrownBy(() -> third.toCompletableFuture().join()).hasMessageContaining("refused");
        gate.complete(null);
        assertThat(second.toCompletableFuture().join()).isEqualTo("b");
        end();
        CompletionStage<String> late = add(outbox, "late", CompletableFuture.completedFuture("d"));
        assertThatThrownBy(() -> late.toCompletableFuture().join()).hasMessageContaining("closed");
        CompletionStage<String> later = add(outbox, "later", CompletableFuture.completedFuture("d"));
        assertThatThrownBy(() -> later.toCompletableFuture().join()).hasMessageContaining("closed");
        assertThat(issued).containsExactly("1", "2");
    }
}
