package dev.sidestream.ws.session.watch;

import dev.sidestream.channel.redis.RedisLink;
import dev.sidestream.ws.session.SessionAuthenticator;
import dev.sidestream.ws.session.SessionEnd;
import dev.sidestream.ws.session.SessionRef;
import dev.sidestream.ws.session.SessionState;
import dev.sidestream.ws.session.SessionWatch;
import dev.sidestream.ws.session.store.SessionRedis;
import dev.sidestream.ws.session.store.SessionResolvers;
import io.lettuce.core.RedisCommandExecutionException;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches sessions with the help of Redis: each is read once on a connection that tracks its keys, so that Redis tells of the
 * next change, which is read in turn. Changes within {@value #COALESCE_MILLIS} ms are one read. At a session's deadline it is
 * read as well, because Redis deletes late and tells later. What Redis cannot tell, because the connection was lost, is found
 * by reading everything anew on the next one, and by looking at each session every {@value #SWEEP_SECONDS} s,
 * {@value #UNTRACKED_SWEEP_SECONDS} s while it is not tracked.
 *
 * <p>A read that fails says nothing about a login. All state is confined to one thread, on which the listener is called.
 */
public final class SessionTracker implements SessionWatch, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionTracker.class);

    static final int COALESCE_MILLIS = 100;
    static final int SWEEP_SECONDS = 60;
    static final int UNTRACKED_SWEEP_SECONDS = 10;

    /** Reads under way at once; a read is up to three commands. */
    private static final int MAX_READS = 256;

    /** After a deadline, so that a read of the key is certain to find it expired; Redis counts whole milliseconds. */
    private static final long PAST_DEADLINE_MILLIS = 2;

    /** A session that vanishes this close to its deadline has expired: clocks and answers take their time. */
    private static final long NEAR_DEADLINE_MILLIS = 1_000;

    /** The least time between two looks at a deadline that does not come. */
    private static final long PATIENCE_MILLIS = 50;

    private final SessionLifeProperties settings;
    private final RedisLink link;
    private final SessionReads reads;
    private final Touches touches;
    private final WatchMetrics metrics;
    private final EventExecutor executor = new DefaultEventExecutor(new DefaultThreadFactory("sidestream-watch", true));
    private final Map<Watched.Name, Watched> watched = new HashMap<>();
    private final ArrayDeque<Watched> queue = new ArrayDeque<>();
    private final ArrayList<Watched> changes = new ArrayList<>();
    private final List<String> resolverNames;
    private final Masters masters;
    private final Deadlines deadlines;
    private @Nullable Listener listener;
    private int reading;
    private volatile int size;
    private volatile int untracked;
    private volatile boolean tracked;

    public SessionTracker(
            SessionLifeProperties settings,
            SessionResolvers resolvers,
            SessionAuthenticator authenticator,
            SessionRedis redis,
            MeterRegistry meters) {
        this.settings = settings;
        this.link = redis.link();
        this.reads = new SessionReads(resolvers, authenticator, link);
        this.touches = new Touches(link);
        this.metrics = new WatchMetrics(meters);
        this.resolverNames = resolvers.all().stream().map(r -> r.name()).toList();
        this.masters = new Masters(
                link,
                executor,
                key -> {
                    long now = System.nanoTime();
                    execute(() -> changed(key, now));
                },
                this::resync);
        this.deadlines = new Deadlines(executor, this::due);
        metrics.gauges(this, meters);
        executor.scheduleWithFixedDelay(this::guardedTick, 1, 1, TimeUnit.SECONDS);
    }

    /** Who hears of ends; to be called once, before the first socket. */
    public void listen(Listener newListener) {
        execute(() -> listener = newListener);
    }

    /** How many sessions are watched. */
    int size() {
        return size;
    }

    /** How many of them nobody tells of. */
    int untracked() {
        return untracked;
    }

    /** Whether Redis tells of every change now, as far as the last second showed. */
    boolean isTracked() {
        return tracked;
    }

    // ---- from the sockets

    @Override
    public void watch(SessionRef session) {
        execute(() -> add(session));
    }

    @Override
    public void unwatch(SessionRef session) {
        execute(() -> remove(session));
    }

    @Override
    public void used(SessionRef session) {
        if (settings.touch() == SessionLifeProperties.Touch.USER_FRAMES) {
            execute(() -> touch(session));
        }
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException stopping) {
            log.trace("The watch has stopped", stopping);
        }
    }

    private void add(SessionRef session) {
        Watched known = watched.get(Watched.Name.of(session));
        if (known == null) {
            Watched added = new Watched(session, System.nanoTime());
            watched.put(added.name, added);
            size = watched.size();
            plan(added);
            if (reads.isStored(added)) {
                request(added, true);
            }
            return;
        }
        known.sockets++;
        if (known.ended || known.fingerprint != session.fingerprint()) {
            known.mixed = true;
            known.ended = false;
            request(known, true);
        }
    }

    private void remove(SessionRef session) {
        Watched.Name name = Watched.Name.of(session);
        Watched known = watched.get(name);
        if (known != null && --known.sockets == 0) {
            watched.remove(name);
            deadlines.forget(known);
            size = watched.size();
        }
    }

    private void touch(SessionRef session) {
        Watched known = watched.get(Watched.Name.of(session));
        if (known == null || known.ended || !touches.isDue(known)) {
            return;
        }
        touches.touch(known).whenComplete((touched, failure) -> {
            if (failure != null) {
                log.atDebug().setCause(failure).log("A session could not be extended");
            } else if (touched) {
                metrics.touch(); // Redis tells us of the change like of any other
            }
        });
    }

    // ---- what is noticed

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
        metrics.change();
        if (session.changed || !reads.isStored(session)) {
            return;
        }
        session.changed = true;
        session.noticed = when;
        changes.add(session);
        if (changes.size() == 1) {
            executor.schedule(this::readChanges, COALESCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void readChanges() {
        for (Watched session : changes) {
            session.changed = false;
            request(session, true);
        }
        changes.clear();
    }

    private void due(Watched session) {
        long now = System.currentTimeMillis();
        if (next(session) > now) {
            plan(session); // it was extended since
        } else if (reads.isStored(session)) {
            request(session, true);
        } else if (session.deadline <= now) {
            over(session, SessionEnd.EXPIRED);
        } else {
            lives(session);
        }
    }

    /** A new connection knows of nothing that was read before. */
    private void resync(Tracking tracking) {
        for (Watched session : watched.values()) {
            if (reads.isStored(session) && !session.isTracked() && masters.of(session.name.key()) == tracking) {
                request(session, false);
            }
        }
    }

    private void guardedTick() {
        try {
            tick();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("The watch of sessions failed; it goes on");
        }
    }

    private void tick() {
        masters.tend();
        long now = System.nanoTime();
        int budget = 100 + watched.size() / (masters.areAllTracked() ? SWEEP_SECONDS / 5 : 2);
        int blind = 0;
        List<Watched> unverifiable = new ArrayList<>();
        for (Watched session : watched.values()) {
            if (session.ended) {
                continue;
            }
            boolean stored = reads.isStored(session);
            blind += stored && !session.isTracked() ? 1 : 0;
            if (stored && now - session.knownUntil() > settings.grace().toNanos() && !session.isTracked()) {
                unverifiable.add(session);
            } else if (budget > 0 && isToBeSwept(session, stored, now)) {
                budget--;
                request(session, false);
            }
        }
        untracked = blind;
        tracked = blind == 0 && masters.areAllTracked();
        // Not all at once, so that their clients do not come back together.
        unverifiable.stream()
                .limit(100 + watched.size() / 5)
                .forEach(session -> over(session, SessionEnd.UNVERIFIABLE));
    }

    private boolean isToBeSwept(Watched session, boolean stored, long now) {
        long age = now - session.verified;
        if (!stored) {
            return !settings.recheck().isZero() && age > settings.recheck().toNanos();
        }
        if (session.failed) {
            return link.isUp();
        }
        int seconds = session.isTracked() ? SWEEP_SECONDS : UNTRACKED_SWEEP_SECONDS;
        return age > TimeUnit.SECONDS.toNanos(seconds) * 4 / 5; // the last fifth is for spreading the reads
    }

    // ---- reading

    private void request(Watched session, boolean urgent) {
        if (session.reading) {
            session.again = true;
        } else if (!session.queued) {
            session.queued = true;
            if (urgent) {
                queue.addFirst(session);
            } else {
                queue.addLast(session);
            }
        }
        pump();
    }

    private void pump() {
        while (reading < MAX_READS) {
            Watched session = queue.poll();
            if (session == null) {
                return;
            }
            session.queued = false;
            if (session.sockets > 0) {
                read(session);
            }
        }
    }

    private void read(Watched session) {
        session.reading = true;
        reading++;
        boolean trackable = reads.isStored(session) && !session.moving;
        Tracking tracking = trackable ? masters.of(session.name.key()) : null;
        long asked = System.nanoTime();
        reads.read(session, tracking)
                .whenComplete((state, failure) -> execute(() -> answered(session, tracking, asked, state, failure)));
    }

    private void answered(
            Watched session,
            @Nullable Tracking tracking,
            long asked,
            @Nullable SessionState state,
            @Nullable Throwable failure) {
        session.reading = false;
        reading--;
        metrics.read(failure == null);
        if (failure == null && state != null) {
            session.verified = asked;
            session.failed = false;
            session.tracking = tracking;
            if (session.moving) {
                session.moving = false;
                executor.schedule(() -> request(session, false), 1, TimeUnit.SECONDS);
            }
            if (session.sockets > 0 && !session.ended) {
                judge(session, state);
            }
        } else {
            failed(session, asked, failure);
        }
        if (session.again) {
            session.again = false;
            request(session, true);
        }
        pump();
    }

    private void failed(Watched session, long asked, @Nullable Throwable failure) {
        session.verified = session.knownUntil();
        session.tracking = null;
        if (!reads.isStored(session)) {
            session.verified = asked; // asked again in its turn: a site that is being deployed ends no login
            return;
        }
        session.failed = true;
        if (isRedirection(failure)) {
            // Its slot moves. The shared connection follows; who tells of changes is known when the move is over.
            link.refresh();
            session.moving = true;
            request(session, true);
        }
    }

    private static boolean isRedirection(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause instanceof RedisCommandExecutionException ? cause.getMessage() : null;
        return message != null && (message.startsWith("MOVED") || message.startsWith("ASK"));
    }

    // ---- what it means

    private void judge(Watched session, SessionState state) {
        if (state instanceof SessionState.Login login) {
            if (login.fingerprint() != session.fingerprint || session.mixed) {
                boolean isNew = login.fingerprint() != session.fingerprint;
                session.fingerprint = login.fingerprint();
                session.mixed = false;
                tell(session, SessionEnd.CHANGED, isNew);
            }
            session.noticed = 0;
            session.setDeadline(login.deadline());
            lives(session);
        } else {
            boolean expired = session.deadline - System.currentTimeMillis() <= NEAR_DEADLINE_MILLIS;
            over(session, expired ? SessionEnd.EXPIRED : SessionEnd.LOGGED_OUT);
        }
    }

    private void lives(Watched session) {
        long left = session.deadline - System.currentTimeMillis();
        boolean soon = session.deadline != Watched.NEVER && left <= warning(session);
        if (soon != session.warned && session.deadline != Watched.NEVER) {
            session.warned = soon;
            Listener hearing = listener;
            if (hearing != null && left > 0) {
                hearing.sessionExpiring(session.ref(), Duration.ofMillis(left));
            }
        }
        plan(session);
    }

    private void over(Watched session, SessionEnd reason) {
        session.ended = true;
        deadlines.forget(session);
        tell(session, reason, true);
    }

    private void tell(Watched session, SessionEnd reason, boolean measured) {
        if (measured) {
            metrics.ended(reason, delay(session, reason));
        }
        session.noticed = 0;
        Listener hearing = listener;
        if (hearing != null) {
            hearing.sessionEnded(session.ref(), reason);
        }
    }

    private static long delay(Watched session, SessionEnd reason) {
        return switch (reason) {
            case EXPIRED -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - session.deadline);
            case LOGGED_OUT, CHANGED ->
                System.nanoTime() - (session.noticed == 0 ? session.knownUntil() : session.noticed);
            case UNVERIFIABLE -> System.nanoTime() - session.knownUntil();
        };
    }

    private void plan(Watched session) {
        long next = next(session);
        if (next != Watched.NEVER) {
            deadlines.announce(session, Math.max(next, System.currentTimeMillis() + PATIENCE_MILLIS));
        }
    }

    private long next(Watched session) {
        if (session.deadline == Watched.NEVER) {
            return Watched.NEVER;
        }
        long warning = warning(session);
        return warning == 0 || session.warned ? session.deadline + PAST_DEADLINE_MILLIS : session.deadline - warning;
    }

    private long warning(Watched session) {
        return Math.min(settings.warning().toMillis(), session.longest / 4);
    }

    @Override
    public void close() {
        execute(masters::close);
        executor.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
