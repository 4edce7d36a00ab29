package dev.sidestream.sessions.program;

import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Hands the end of a session to those who wait for this one. Safe for use by many threads. */
final class Endings implements SessionWatch.Listener, AutoCloseable {

    private final SessionWatch watch;
    private final ConcurrentMap<Name, List<Waiting>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Name(String resolver, String key) {

        static Name of(SessionRef session) {
            return new Name(session.resolver(), session.key());
        }
    }

    private record Waiting(long fingerprint, MonoSink<SessionEnd> sink) {}

    Endings(SessionWatch watch) {
        this.watch = watch;
    }

    /** One answer on the thread of the watch, or none when this is closed first; watched from the subscription on. */
    Mono<SessionEnd> of(SessionRef session) {
        return Mono.create(sink -> {
            Waiting one = new Waiting(session.fingerprint(), sink);
            add(Name.of(session), one);
            watch.watch(session);
            // Runs at once when the end has come meanwhile.
            sink.onDispose(() -> {
                remove(Name.of(session), one);
                watch.unwatch(session);
            });
            if (closed) {
                sink.success();
            }
        });
    }

    private void add(Name name, Waiting one) {
        waiting.compute(name, (same, others) -> {
            List<Waiting> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(one);
            return all;
        });
    }

    private void remove(Name name, Waiting one) {
        waiting.computeIfPresent(name, (same, all) -> {
            all.remove(one);
            return all.isEmpty() ? null : all;
        });
    }

    @Override
    public void sessionEnded(SessionRef session, SessionEnd reason) {
        for (Waiting one : waiting.getOrDefault(Name.of(session), List.of())) {
            if (reason != SessionEnd.CHANGED || one.fingerprint != session.fingerprint()) {
                one.sink.success(reason);
            }
        }
    }

    @Override
    public void sessionExpiring(SessionRef session, Duration left) {
        // The deadline of the session says as much.
    }

    /** Whoever waits gets no answer any more. */
    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(all -> all.forEach(one -> one.sink.success()));
    }
}
