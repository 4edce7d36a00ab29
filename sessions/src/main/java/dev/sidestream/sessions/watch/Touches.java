package dev.sidestream.sessions.watch;

import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.RedisErrors;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends sessions as a request to the site would. Each is one script that writes only to a session that is there and alive, so
 * that none that has ended comes back to life, however the site's logout and this meet.
 *
 * <p>Not extended: sessions of Spring's indexed repository, whose other keys would have to follow, and Django's, which by
 * default are not extended by requests either.
 */
final class Touches {

    private static final Logger log = LoggerFactory.getLogger(Touches.class);

    private static final String SPRING = "spring";

    /** Answer of a script: there is a session, but it is written in a way that is not known. */
    private static final long NOT_UNDERSTOOD = -1;

    /** Whose sessions are one string that is extended with its key. */
    private static final Set<String> STRINGS = Set.of("express", "php", "laravel", "flask");

    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final RedisLink link;
    private final RedisScript spring = new RedisScript(Touches.class, "touch-spring.lua");
    private final RedisScript string = new RedisScript(Touches.class, "touch-string.lua");

    private final Advice advice;
    private final WatchMetrics metrics;

    Touches(RedisLink link, Advice advice, WatchMetrics metrics) {
        this.link = link;
        this.advice = advice;
        this.metrics = metrics;
    }

    /** Its user did something: it is extended, if it may be and was not lately. */
    void used(Watched session) {
        if (isDue(session)) {
            touch(session).whenComplete(this::touched);
        }
    }

    private void touched(@Nullable Boolean extended, @Nullable Throwable failure) {
        if (failure != null && RedisErrors.isNotPermitted(failure)) {
            advice.warn(
                    "sidestream.session.touch is user-frames, but Redis does not permit extending sessions. The user"
                            + " of the connection needs +@write +@scripting on their keys.");
        } else if (failure != null) {
            log.atDebug().setCause(failure).log("A session could not be extended");
        } else if (Boolean.TRUE.equals(extended)) {
            metrics.touch(); // Redis tells the watch of the change like of any other
        }
    }

    private boolean isExtended(long answer) {
        if (answer == NOT_UNDERSTOOD) {
            advice.warn(
                    "sidestream.session.touch is user-frames, but the times in the site's Spring sessions are in a form that"
                            + " cannot be written, so they are not extended. Java's serialization and JSON can be.");
        }
        return answer == 1;
    }

    /** Whether this session may be extended, and was not lately; if so, the next time is not before the interval is over. */
    boolean isDue(Watched session) {
        boolean possible = session.name.resolver().equals(SPRING) || STRINGS.contains(session.name.resolver());
        long now = System.nanoTime();
        long interval = Math.max(LEAST_NANOS, TimeUnit.MILLISECONDS.toNanos(session.life) / 10);
        if (!possible
                || session.deadline == Watched.NEVER
                || (session.touched != 0 && now - session.touched < interval)) {
            return false;
        }
        session.touched = now;
        return true;
    }

    /** Whether it was extended; fails when Redis does, or does not let us write. */
    CompletionStage<Boolean> touch(Watched session) {
        byte[][] key = {session.name.key().getBytes(StandardCharsets.UTF_8)};
        session.extending();
        try {
            CompletionStage<Long> answer = session.name.resolver().equals(SPRING)
                    ? spring.call(link.commands(), ScriptOutputType.INTEGER, key)
                    : string.call(
                            link.commands(),
                            ScriptOutputType.INTEGER,
                            key,
                            Long.toString(session.life).getBytes(StandardCharsets.US_ASCII));
            return answer.thenApply(this::isExtended);
        } catch (RuntimeException notConnected) {
            return CompletableFuture.failedFuture(notConnected);
        }
    }
}
