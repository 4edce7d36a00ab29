package dev.sidestream.channel.testing;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a link's event loop up until it is closed, a minute at most: what the link was waiting for may come, but it notices
 * nothing, sends nothing and opens nothing.
 */
public final class Held implements AutoCloseable {

    private final CountDownLatch over = new CountDownLatch(1);

    /** Returns when the loop stands. */
    public Held(EventExecutor loop) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        loop.execute(() -> {
            begun.countDown();
            await(over);
        });
        if (!begun.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The loop had no time for it");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Held for longer than a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
