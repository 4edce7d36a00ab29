package dev.sidestream.ws.connection;

import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionWatch;
import dev.sidestream.ws.protocol.CloseCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every open connection of this node, by user and by login session. Safe for use by many threads; what it returns are
 * snapshots that never change.
 */
public final class ConnectionRegistry {

    private final Set<Outlet> all = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Set<Outlet>> byUser = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<SessionName, Set<Outlet>> bySession = new ConcurrentHashMap<>();
    private final int perUser;
    private final SessionWatch watch;

    /** One whose sessions nobody watches. */
    public ConnectionRegistry(int perUser) {
        this(perUser, SessionWatch.NONE);
    }

    /**
     * Makes an empty one.
     *
     * @param perUser how many connections of one user may be open here; beyond it the oldest is replaced
     * @param watch is told which sessions connections stand on
     */
    public ConnectionRegistry(int perUser, SessionWatch watch) {
        this.perUser = perUser;
        this.watch = watch;
    }

    public void add(Outlet connection) {
        all.add(connection);
        SessionRef session = connection.session();
        if (session == null) {
            return; // opened only to be told why it may not stay; it is nobody's
        }
        bySession.compute(SessionName.of(session), (ignored, set) -> with(set, connection));
        List<Outlet> oldest = new ArrayList<>(1);
        byUser.compute(connection.scope().user().id(), (ignored, set) -> {
            Set<Outlet> now = with(set, connection);
            // All that are too many, because those that were told before may still be on their way out.
            now.stream().limit(Math.max(0, now.size() - perUser)).forEach(oldest::add);
            return now;
        });
        watch.watch(session); // reads it once more, now that an end of it will find the connection
        oldest.forEach(replaced -> replaced.close(CloseCode.REPLACED));
    }

    public void remove(Outlet connection) {
        all.remove(connection);
        SessionRef session = connection.session();
        if (session == null) {
            return;
        }
        bySession.computeIfPresent(SessionName.of(session), (ignored, set) -> without(set, connection));
        byUser.computeIfPresent(connection.scope().user().id(), (ignored, set) -> without(set, connection));
        watch.unwatch(session);
    }

    /** The user of a connection has done something on it. */
    public void used(SessionRef session) {
        watch.used(session);
    }

    public int size() {
        return all.size();
    }

    /** Bytes that wait for all connections together. */
    public long queuedBytes() {
        return all.stream().mapToLong(Outlet::queuedBytes).sum();
    }

    public Collection<Outlet> all() {
        return List.copyOf(all);
    }

    public Collection<Outlet> ofUser(String userId) {
        return byUser.getOrDefault(userId, Set.of());
    }

    public Collection<Outlet> ofSession(SessionRef session) {
        return bySession.getOrDefault(SessionName.of(session), Set.of());
    }

    // Sets are replaced, never changed, so that readers need no lock. Insertion order tells which is the oldest.
    private static Set<Outlet> with(@Nullable Set<Outlet> set, Outlet connection) {
        if (set == null) {
            return Set.of(connection);
        }
        LinkedHashSet<Outlet> more = new LinkedHashSet<>(set);
        more.add(connection);
        return Collections.unmodifiableSet(more);
    }

    private static @Nullable Set<Outlet> without(Set<Outlet> set, Outlet connection) {
        LinkedHashSet<Outlet> fewer = new LinkedHashSet<>(set);
        fewer.remove(connection);
        return fewer.isEmpty() ? null : Collections.unmodifiableSet(fewer);
    }

    /** A session without what changes in it. */
    private record SessionName(String resolver, String key) {
        static SessionName of(SessionRef session) {
            return new SessionName(session.resolver(), session.key());
        }
    }
}
