package dev.sidestream.sessions.store;

import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.sessions.SessionState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spares Redis a storm of one cookie: reads of one key that happen at once are one read, and its answer holds for a moment,
 * if it is one to keep. A failure never is. Knows keys by a keyed hash only. At most {@value #MAX_ENTRIES} keys; past that
 * reads go through. Safe for use by many threads.
 */
public final class ReadCache {

    static final int MAX_ENTRIES = 10_000;

    /** Nanoseconds between two searches for stale entries. */
    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final ConcurrentMap<SecretHash.Value, Entry> entries = new ConcurrentHashMap<>();
    private final SecretHash hash = new SecretHash();
    private final long nanos;
    private final LongSupplier clock;
    private final Predicate<SessionState> keep;
    private volatile long lookedForRoom;

    /** An answer that is on its way or has come. */
    private static final class Entry {
        final CompletableFuture<SessionState> answer = new CompletableFuture<>();
        volatile long arrived;
    }

    /**
     * Makes an empty one.
     *
     * @param lifetime for which an answer holds, from its arrival; zero for not at all, which leaves the single flight
     * @param clock {@link System#nanoTime}
     * @param keep which answers hold; of the others only reads at the same time are one
     */
    public ReadCache(Duration lifetime, LongSupplier clock, Predicate<SessionState> keep) {
        this.nanos = lifetime.toNanos();
        this.clock = clock;
        this.keep = keep;
        this.lookedForRoom = clock.getAsLong() - PAUSE;
    }

    /** The answer for a key; the caller must not complete it. The read must not throw. */
    public CompletableFuture<SessionState> get(String key, Supplier<CompletableFuture<SessionState>> read) {
        SecretHash.Value hashed = hash.of(key);
        Entry known = entries.get(hashed);
        if (known != null && !isStale(known)) {
            return known.answer;
        }
        if (known != null) {
            entries.remove(hashed, known);
        }
        if (entries.size() >= MAX_ENTRIES && !makeRoom()) {
            return read.get();
        }
        Entry mine = new Entry();
        Entry other = entries.putIfAbsent(hashed, mine);
        if (other != null) {
            return other.answer;
        }
        Detached.then(read.get(), (state, failure) -> arrive(hashed, mine, state, failure), Runnable::run);
        return mine.answer;
    }

    private void arrive(
            SecretHash.Value hashed, Entry entry, @Nullable SessionState state, @Nullable Throwable failure) {
        if (state == null) {
            entries.remove(hashed, entry);
            entry.answer.completeExceptionally(
                    failure == null ? new IllegalStateException("A read has told nothing") : failure);
            return;
        }
        if (!keep.test(state)) {
            entries.remove(hashed, entry);
        }
        entry.arrived = clock.getAsLong();
        entry.answer.complete(state);
    }

    private boolean isStale(Entry entry) {
        return entry.answer.isDone() && clock.getAsLong() - entry.arrived >= nanos;
    }

    private boolean makeRoom() {
        long now = clock.getAsLong();
        if (now - lookedForRoom < PAUSE) {
            return false; // a flood of cookies must not have each of them look through all
        }
        lookedForRoom = now;
        entries.values().removeIf(this::isStale);
        return entries.size() < MAX_ENTRIES;
    }
}
