package dev.sidestream.sessions.spring;

import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.format.Node;
import dev.sidestream.sessions.format.PayloadReader;
import dev.sidestream.sessions.format.UnreadableException;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Identity;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rule by which Spring Session itself takes a session for alive. A hash that exists proves nothing: the indexed
 * repository keeps it for 300 s after a logout, with an interval of zero, and a late save may leave a part of one.
 */
final class SpringRecordJudge {

    private static final SessionState NO_LOGIN = new SessionState.NoLogin();
    private static final SessionState ENDED = new SessionState.Ended();
    private static final SessionState MISSING = new SessionState.Missing();

    private final PayloadReader reader;
    private final SpringIdentity identity;
    private final Clock clock;
    private final Advice advice;

    SpringRecordJudge(PayloadReader reader, SpringIdentity identity, Clock clock, Advice advice) {
        this.reader = reader;
        this.identity = identity;
        this.clock = clock;
        this.advice = advice;
    }

    SessionState judge(SpringRecord session) {
        if (session.isMissing()) {
            return MISSING;
        }
        try {
            Long created = number(session.creationTime());
            Long accessed = number(session.lastAccessedTime());
            Long interval = number(session.maxInactiveInterval());
            if (created == null || accessed == null || interval == null) {
                return NO_LOGIN;
            }
            long left = left(session, accessed, interval);
            if (left <= 0 || isTrue(session.concurrencyExpired())) {
                return ENDED;
            }
            Identity found = identify(session);
            return found == null ? NO_LOGIN : login(found, left);
        } catch (UnreadableException e) {
            advice.warn(
                    "A session was found in Redis that cannot be read (" + e.reason() + "). sidestream.session.spring"
                            + " reads what Java's serialization and Spring's JSON serializers write; for any other"
                            + " springSessionDefaultRedisSerializer let sidestream.session.resolvers name http.");
            return NO_LOGIN;
        }
    }

    /** Milliseconds; {@link Long#MAX_VALUE} when there is no end. */
    private static long left(SpringRecord session, long accessed, long interval) {
        long byKey = session.ttl() == -1 ? Long.MAX_VALUE : session.ttl();
        if (interval < 0) {
            return byKey;
        }
        // Each is bounded, so that an absurd number can neither overflow nor end a session that is alive.
        long millis = Math.min(interval, Integer.MAX_VALUE) * 1_000;
        long idle = Math.clamp(session.now() - accessed, -millis, millis);
        return Math.min(byKey, millis - idle);
    }

    private @Nullable Identity identify(SpringRecord session) throws UnreadableException {
        String name = text(session.principalName());
        if (session.context() == null && name != null) {
            // A site without Spring Security that names its user for the index by itself.
            return new Identity(new dev.sidestream.sessions.User(name, name, java.util.Set.of()));
        }
        Node context = read(session.context());
        return context == null ? null : identity.identify(context, name);
    }

    private SessionState login(Identity found, long left) {
        Instant deadline = left == Long.MAX_VALUE ? null : clock.instant().plusMillis(left);
        return new SessionState.Login(found.user(), found.fingerprint(), deadline);
    }

    private @Nullable Long number(byte @Nullable [] value) throws UnreadableException {
        Node node = read(value);
        Node number = node == null ? Node.Blank.NULL : SpringTree.scalar(node);
        Node unboxed = number.get("value") == Node.Blank.NULL ? number : number.get("value");
        return unboxed instanceof Node.Whole whole ? whole.value() : null;
    }

    private @Nullable String text(byte @Nullable [] value) throws UnreadableException {
        Node node = read(value);
        return node == null ? null : SpringTree.identifier(node);
    }

    private boolean isTrue(byte @Nullable [] value) throws UnreadableException {
        Node node = read(value);
        return node != null && SpringTree.scalar(node).isTrue();
    }

    private @Nullable Node read(byte @Nullable [] value) throws UnreadableException {
        return value == null || value.length == 0 ? null : reader.read(value);
    }
}
