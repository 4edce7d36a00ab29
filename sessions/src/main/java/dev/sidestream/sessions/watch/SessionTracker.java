package dev.sidestream.sessions.watch;

import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.SessionWatch;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.SessionResolvers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches sessions with the help of Redis: each is read once on a connection that tracks its keys, so that Redis tells of the
 * next change, which is read in turn ({@link Changes}). At a session's deadline it is read as well, because Redis deletes late
 * and tells later ({@link Judge}). What Redis cannot tell, because the connection was lost, is found by reading everything anew
 * on the next one ({@link Masters}), and by looking at each session from time to time ({@link Sweep}).
 *
 * <p>All state is confined to one thread, on which the listener is called.
 */
public final class SessionTracker implements SessionWatch, AutoCloseable {

    private final SessionLifeProperties settings;
    private final WatchThread thread = new WatchThread();
    private final Map<Watched.Name, Watched> watched = new HashMap<>();
    private final List<String> resolverNames;
    private final SessionReads reads;
    private final Touches touches;
    private final Masters masters;
    private final Judge judge;
    private final ReadQueue queue;
    private final Changes changes;
    private final Sweep sweep;
    private volatile int size;

    public SessionTracker(
            SessionLifeProperties settings,
            SessionResolvers resolvers,
            SessionAuthenticator authenticator,
            SessionRedis redis,
            MeterRegistry meters) {
        this.settings = settings;
        WatchMetrics metrics = new WatchMetrics(meters);
        resolverNames = resolvers.all().stream().map(SessionResolver::name).toList();
        reads = new SessionReads(resolvers, authenticator, redis.link());
        touches = new Touches(redis.link(), redis.advice(), metrics);
        masters = new Masters(redis.link(), thread.executor(), this::changed, this::resync);
        judge = new Judge(settings, reads, metrics, thread.executor(), this::readSoon);
        queue = new ReadQueue(thread, reads, masters, redis.link(), metrics, judge);
        changes = new Changes(thread.executor(), metrics, this::readSoon);
        sweep = new Sweep(settings, reads, masters, redis.link(), queue, judge);
        metrics.gauges(this, meters);
        thread.eachSecond(() -> sweep.look(watched.values()));
    }

    /** Who hears of ends; to be called once, before the first socket. */
    public void listen(Listener listener) {
        thread.execute(() -> judge.listen(listener));
    }

    /** How many sessions are watched. */
    int size() {
        return size;
    }

    /** How many of them nobody tells of. */
    int untracked() {
        return sweep.untracked();
    }

    /** Whether Redis tells of every change now, as far as the last second showed. */
    boolean isTracked() {
        return sweep.isTracked();
    }

    // ---- from the sockets

    @Override
    public void watch(SessionRef session) {
        thread.execute(() -> add(session));
    }

    @Override
    public void unwatch(SessionRef session) {
        thread.execute(() -> remove(session));
    }

    @Override
    public void used(SessionRef session) {
        if (settings.touch() == SessionLifeProperties.Touch.USER_FRAMES) {
            thread.execute(() -> touch(session));
        }
    }

    private void add(SessionRef session) {
        Watched known = watched.get(Watched.Name.of(session));
        if (known == null) {
            Watched added = new Watched(session, System.nanoTime());
            watched.put(added.name, added);
            size = watched.size();
            judge.plan(added);
            if (reads.isStored(added)) {
                readSoon(added);
            }
            return;
        }
        known.sockets++;
        if (known.ended || known.fingerprint != session.fingerprint()) {
            known.mixed = true;
            known.ended = false;
            readSoon(known);
        }
    }

    private void remove(SessionRef session) {
        Watched.Name name = Watched.Name.of(session);
        Watched known = watched.get(name);
        if (known != null && --known.sockets == 0) {
            watched.remove(name);
            judge.forget(known);
            size = watched.size();
        }
    }

    private void touch(SessionRef session) {
        Watched known = watched.get(Watched.Name.of(session));
        if (known != null && !known.ended) {
            touches.used(known);
        }
    }

    // ---- from Redis

    /** On a thread of the Redis client; null for all keys. */
    private void changed(@Nullable String key) {
        long now = System.nanoTime();
        thread.execute(() -> changed(key, now));
    }

    private void changed(@Nullable String key, long when) {
        if (key == null) {
            watched.values().forEach(session -> changed(session, when));
            return;
        }
        for (String resolver : resolverNames) {
            Watched session = watched.get(new Watched.Name(resolver, key));
            if (session != null) {
                changed(session, when);
            }
        }
    }

    private void changed(Watched session, long when) {
        if (reads.isStored(session)) {
            changes.noticed(session, when);
        }
    }

    /** A new connection knows of nothing that was read before. */
    private void resync(Tracking tracking) {
        for (Watched session : watched.values()) {
            if (reads.isStored(session) && !session.isTracked() && masters.of(session.name.key()) == tracking) {
                queue.request(session, false);
            }
        }
    }

    private void readSoon(Watched session) {
        queue.request(session, true);
    }

    @Override
    public void close() {
        thread.execute(masters::close);
        thread.close();
    }
}
