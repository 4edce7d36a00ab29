package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.sessions.SessionEnd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds what nobody tells of. Each second it looks for sessions that were not read for {@value #SECONDS} s, or for
 * {@value #UNTRACKED_SECONDS} s while Redis does not tell of them, and gives up those that could not be read for the grace. What
 * is due at once is spread over seconds. Confined to the thread of the watch, but for what it counted.
 */
final class Sweep {

    static final int SECONDS = 60;
    static final int UNTRACKED_SECONDS = 10;

    private final SessionLifeProperties settings;
    private final SessionReads reads;
    private final Masters masters;
    private final RedisLink link;
    private final ReadQueue queue;
    private final Judge judge;
    private volatile int untracked;
    private volatile boolean tracked;

    Sweep(
            SessionLifeProperties settings,
            SessionReads reads,
            Masters masters,
            RedisLink link,
            ReadQueue queue,
            Judge judge) {
        this.settings = settings;
        this.reads = reads;
        this.masters = masters;
        this.link = link;
        this.queue = queue;
        this.judge = judge;
    }

    /** How many sessions Redis did not tell of at the last look. */
    int untracked() {
        return untracked;
    }

    /** Whether it told of all. */
    boolean isTracked() {
        return tracked;
    }

    /** To be called each second, with all sessions. */
    void look(Collection<Watched> all) {
        masters.tend();
        long now = System.nanoTime();
        int budget = 100 + all.size() / (masters.areAllTracked() ? SECONDS / 5 : 2);
        int blind = 0;
        List<Watched> unverifiable = new ArrayList<>();
        for (Watched session : all) {
            if (session.ended) {
                continue;
            }
            boolean stored = reads.isStored(session);
            blind += stored && !session.isTracked() ? 1 : 0;
            if (stored && now - session.knownUntil() > settings.grace().toNanos() && !session.isTracked()) {
                unverifiable.add(session);
            } else if (budget > 0 && isDue(session, stored, now)) {
                budget--;
                queue.request(session, false);
            }
        }
        untracked = blind;
        tracked = blind == 0 && masters.areAllTracked();
        // Not all at once, so that their clients do not come back together.
        unverifiable.stream()
                .limit(100 + all.size() / 5)
                .forEach(session -> judge.over(session, SessionEnd.UNVERIFIABLE));
    }

    private boolean isDue(Watched session, boolean stored, long now) {
        long age = now - session.verified;
        if (!stored) {
            return !settings.recheck().isZero() && age > settings.recheck().toNanos();
        }
        if (session.failed) {
            return link.isUp();
        }
        int seconds = session.isTracked() ? SECONDS : UNTRACKED_SECONDS;
        return age > TimeUnit.SECONDS.toNanos(seconds) * 4 / 5; // the last fifth is for spreading the reads
    }
}
