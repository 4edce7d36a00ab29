package dev.sidestream.channel.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/**
 * Watches what no test of a feature would see: calls that block an event loop, and buffers that nobody released. Installed
 * once, before the first event loop starts. What a module's own code may do is said by a {@code BlockHoundIntegration} of its
 * tests.
 */
public final class Hygiene {

    private static final Queue<String> BLOCKED = new ConcurrentLinkedQueue<>();
    private static final Queue<String> LEAKED = new ConcurrentLinkedQueue<>();
    private static boolean installed;

    private Hygiene() {}

    /** Installs both watches; no effect the second time. */
    public static synchronized void install() {
        if (installed) {
            return;
        }
        installed = true;
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(new Leaks());
        BlockHound.builder()
                .loadIntegrations()
                // Classes are loaded, and random numbers for names of threads and channels seeded, once.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                // Lettuce guards its connections and its picture of a Cluster by locks that are held for microseconds.
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "doExclusive")
                .allowBlockingCallsInside("io.lettuce.core.cluster.models.partitions.Partitions", "reload")
                .allowBlockingCallsInside("io.lettuce.core.cluster.models.partitions.Partitions", "updateCache")
                // What its interfaces of commands mean is looked up once, by the first connection; two may be that.
                .allowBlockingCallsInside("io.lettuce.core.internal.AbstractInvocationHandler$MethodTranslator", "of")
                // So does Netty guard its pools of large buffers, when two loops want one at once and it makes another
                // pool.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                // The test's own log goes to a console.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                .blockingMethodCallback(method -> {
                    BlockingOperationError error = new BlockingOperationError(method);
                    StringBuilder trace = new StringBuilder(error.toString());
                    List.of(error.getStackTrace())
                            .forEach(frame -> trace.append("\n\tat ").append(frame));
                    // Not thrown: in the middle of a library's lock that would leave it locked, and all who come hang.
                    BLOCKED.add(trace.toString());
                })
                .install();
    }

    /** The blocking calls on event loops since this was last asked, each with its stack: each fails one test, not all that follow. */
    public static List<String> blocked() {
        List<String> traces = new ArrayList<>();
        for (String trace = BLOCKED.poll(); trace != null; trace = BLOCKED.poll()) {
            traces.add(trace);
        }
        return traces;
    }

    /** What was leaked so far. Provokes the detector, which reports when buffers are collected and others are made. */
    public static List<String> leaked() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            ByteBuf probe = PooledByteBufAllocator.DEFAULT.directBuffer(1);
            probe.release();
        }
        return List.copyOf(LEAKED);
    }

    /** Forgets a leak that a test made on purpose, once it was reported. */
    static void awaitAndForgetLeak() {
        Await.until("the leak is reported", () -> !leaked().isEmpty());
        LEAKED.clear();
    }

    private static final class Leaks extends AppenderBase<ILoggingEvent> {
        Leaks() {
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            LEAKED.add(event.getFormattedMessage());
        }
    }
}
