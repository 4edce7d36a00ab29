package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.sessions.SessionState;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are to be read, those first that something was noticed of; at most {@value #MAX_READS} reads are under way.
 * A read that fails says nothing about a login. Confined to the thread of the watch.
 */
final class ReadQueue {

    /** A read is up to three commands. */
    private static final int MAX_READS = 256;

    private final WatchThread thread;
    private final SessionReads reads;
    private final Masters masters;
    private final RedisLink link;
    private final WatchMetrics metrics;
    private final Judge judge;
    private final ArrayDeque<Watched> queue = new ArrayDeque<>();
    private int reading;

    ReadQueue(
            WatchThread thread,
            SessionReads reads,
            Masters masters,
            RedisLink link,
            WatchMetrics metrics,
            Judge judge) {
        this.thread = thread;
        this.reads = reads;
        this.masters = masters;
        this.link = link;
        this.metrics = metrics;
        this.judge = judge;
    }

    /** Has it read; once more when that is under way already, since the answer may be from before. */
    void request(Watched session, boolean urgent) {
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
                .whenComplete(
                        (state, failure) -> thread.execute(() -> answered(session, tracking, asked, state, failure)));
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
                Detached.after(Duration.ofSeconds(1), () -> request(session, false), thread.executor());
            }
            if (session.sockets > 0 && !session.ended) {
                judge.judge(session, state);
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
}
