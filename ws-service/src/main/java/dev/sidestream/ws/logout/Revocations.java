package dev.sidestream.ws.logout;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.ws.connection.ConnectionRegistry;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.protocol.CloseCode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Closes connections because the site or an operator says so, on every node: revocations travel as messages to the group
 * {@value #GROUP}, which anybody who may write to Redis can send. A node that was cut off hears of them when it reads on.
 *
 * <p>A revocation ends sockets, not the login: a session that the site still accepts may connect again.
 */
public final class Revocations implements AutoCloseable {

    /** The group of all nodes. */
    public static final String GROUP = "sidestream.revoke";

    /** The type of its messages. */
    public static final String TYPE = "revoke";

    private static final Logger log = LoggerFactory.getLogger(Revocations.class);

    private final ConnectionRegistry registry;
    private final ChannelLayer layer;
    private final RevocationMetrics metrics;
    private @Nullable Mailbox mailbox;

    Revocations(ConnectionRegistry registry, ChannelLayer layer, RevocationMetrics metrics) {
        this.registry = registry;
        this.layer = layer;
        this.metrics = metrics;
    }

    /** From now on this node carries out what it hears. To be called once. */
    public void start() {
        Mailbox opened = layer.open(this::hear);
        mailbox = opened;
        layer.groupAdd(GROUP, opened.channel())
                .subscribe(
                        ignored -> {},
                        failure -> log.atError().setCause(failure).log("Revocations are not heard"));
    }

    /** Tells all nodes. Completes when Redis has it; fails as {@link ChannelLayer#groupSend} does. */
    public Mono<Void> revoke(Revocation revocation) {
        return layer.groupSend(GROUP, new Message(TYPE, revocation.json()));
    }

    private void hear(Message message) {
        Revocation revocation = message.type().equals(TYPE) ? Revocation.parse(message.body()) : null;
        if (revocation == null) {
            metrics.malformed();
            log.warn("A revocation was not understood; it must be {\"user\": ...} or {\"session\": ...}");
            return;
        }
        carryOut(revocation);
    }

    private void carryOut(Revocation revocation) {
        metrics.heard(revocation);
        switch (revocation) {
            case Revocation.OfUser user -> close(registry.ofUser(user.id()));
            case Revocation.OfSession session ->
                close(registry.all().stream()
                        .filter(connection -> isOf(connection, session.id()))
                        .toList());
        }
    }

    private static boolean isOf(Outlet connection, String id) {
        SessionRef session = connection.session();
        return session != null && session.isOf(id);
    }

    private static void close(Collection<Outlet> connections) {
        connections.forEach(connection -> connection.close(CloseCode.KICKED));
    }

    @Override
    public void close() {
        if (mailbox != null) {
            mailbox.close();
        }
    }
}
