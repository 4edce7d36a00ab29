package dev.sidestream.sessions.ticket;

import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.sessions.SessionRef;
import io.lettuce.core.SetArgs;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Single-use secrets of 256 bits that stand for a session for 30 s, in one room. Redis holds only their hash, and the session
 * encrypted with them, so that nobody who reads Redis can use either. Safe for use by many threads.
 */
public final class Tickets {

    /** For which a ticket may be redeemed. */
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final int BYTES = 32;

    private final RedisLink link;
    private final SecureRandom random = new SecureRandom();

    /** In the Redis of the streams, which is written to anyway. */
    public Tickets(RedisLink link) {
        this.link = link;
    }

    /** A new ticket. One answer; fails when Redis does, and then there is no ticket. */
    public Mono<String> issue(SessionRef session, String room) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        TicketSecret ticket = new TicketSecret(secret);
        byte[] value = ticket.seal(TicketContent.write(session, room));
        SetArgs once = SetArgs.Builder.nx().ex(LIFETIME);
        return Mono.fromCompletionStage(() -> link.commands().set(ticket.key(), value, once))
                .thenReturn(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /**
     * Uses a ticket up, whether or not it is for that room. The session may have ended meanwhile: read it again. Empty when
     * the ticket is unknown, used, too old or for another room; fails when Redis does.
     */
    public Mono<SessionRef> redeem(String ticket, @Nullable String room) {
        TicketSecret secret = TicketSecret.parse(ticket);
        return secret == null
                ? Mono.empty()
                : Mono.fromCompletionStage(() -> link.commands().getdel(secret.key()))
                        .flatMap(value -> Mono.justOrEmpty(secret.open(value)))
                        .flatMap(content -> Mono.justOrEmpty(TicketContent.read(content, room)));
    }
}
