package dev.sidestream.channel.redis.link;

import io.lettuce.core.RedisException;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Sends commands to Redis in batches, in the order in which they came. One that comes after a quiet time goes at once; those
 * that come within 2 ms of a batch, or before it was answered, go together then. So a batch grows with the load
 * by itself, and Redis pays for one turn of its loop, one read and one write per batch instead of per command: for a
 * publication on its own these are two thirds of the price.
 *
 * <p>A batch that is not answered holds up the next one for 6 ms at the most, so commands time out as they
 * would without an outbox. Safe for use by many threads.
 */
final class Outbox {

    /** As long as the log reader takes between two reads. */
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(2);

    /** Longer than a busy server's answer, far shorter than any time-out of commands. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(6);

    private final EventExecutor loop;
    private final int bound;
    private final Queue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    // On the loop:
    private int batch;
    private int open;

    private long sentAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);

    /**
     * @param loop where commands are issued, and where the connection lives
     * @param bound commands that may wait; beyond it they are refused
     */
    Outbox(EventExecutor loop, int bound) {
        this.loop = loop;
        this.bound = bound;
    }

    /** Fails at once when too many wait, else as the command does. Completes on the loop. */
    <T> CompletionStage<T> add(Supplier<? extends CompletionStage<T>> command) {
        if (waiting.incrementAndGet() > bound) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new RedisException("More than " + bound + " commands wait for Redis, this one is refused"));
        }
        Waiting<T> added = new Waiting<>(command, new CompletableFuture<>());
        queue.add(added);
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::turn);
            } catch (RejectedExecutionException closed) {
                scheduled.set(false);
                added.answer.completeExceptionally(new RedisException("The connections to Redis are closed", closed));
            }
        }
        return added.answer;
    }

    private void turn() {
        long wait = nanosToWait();
        if (wait > 0) {
            Detached.after(Duration.ofNanos(wait), this::turn, loop);
        } else {
            scheduled.set(false);
            send();
        }
    }

    private long nanosToWait() {
        long since = System.nanoTime() - sentAt;
        return open == 0 || since >= PATIENCE ? PACE - since : Math.max(PACE - since, PACE / 4);
    }

    /** Commands of the newest batch that have no answer yet. On the loop. */
    int unanswered() {
        return open;
    }

    /** Sends what waits. On the loop. */
    void send() {
        List<Waiting<?>> now = new ArrayList<>();
        for (Waiting<?> next = queue.poll(); next != null; next = queue.poll()) {
            now.add(next);
        }
        if (now.isEmpty()) {
            return; // the turn before took what this one was meant for, and its answers are still awaited
        }
        waiting.addAndGet(-now.size());
        sentAt = System.nanoTime();
        open = now.size();
        int number = ++batch;
        now.forEach(command -> command.issue(() -> answered(number)));
    }

    private void answered(int number) {
        if (number == batch) {
            open--;
        }
    }

    private record Waiting<T>(Supplier<? extends CompletionStage<T>> command, CompletableFuture<T> answer) {

        void issue(Runnable answered) {
            try {
                command.get().whenComplete((value, error) -> {
                    if (error == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(error);
                    }
                    answered.run();
                });
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                answered.run();
            }
        }
    }
}
