package dev.sidestream.ws.consumer;

import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.protocol.ClientFrame;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.ErrorCode;
import dev.sidestream.ws.protocol.ServerFrame;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A socket that is in the one room that its path names: leads what the client says to its {@link RoomSession}. */
final class RoomConsumer implements Consumer {

    private static final Logger log = LoggerFactory.getLogger(RoomConsumer.class);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration RETRY_WHEN_AWAY = Duration.ofSeconds(2);

    private final RoomServices services;
    private @Nullable RoomSession session;

    RoomConsumer(RoomServices services) {
        this.services = services;
    }

    @Override
    public Mono<Void> connect(Connection connection) {
        String room = Objects.requireNonNull(connection.scope().variable(Routes.ROOM));
        RoomQuery query = Objects.requireNonNull(RoomQuery.of(connection.scope()));
        RoomSession joining = new RoomSession(services, connection.outlet(), room);
        session = joining;
        return joining.join(query).onErrorResume(cause -> {
            log.atDebug().addKeyValue("room", room).setCause(cause).log("A member could not join");
            connection.close(CloseCode.OVERLOADED, RETRY_WHEN_AWAY);
            return Mono.empty();
        });
    }

    @Override
    public Mono<Void> receive(Connection connection, Frame frame) {
        RoomSession joined = Objects.requireNonNull(session);
        return switch (connection.dialect().read(services.reader(), frame.bytes())) {
            case ClientFrame.Publish publish -> {
                connection.used();
                yield joined.publish(publish);
            }
            case ClientFrame.History history -> joined.history(history);
            case ClientFrame.Ping ping -> answer(connection, new ServerFrame.Pong(ping.json()));
            case ClientFrame.Pong ignored -> Mono.empty();
            case ClientFrame.Unreadable bad -> {
                services.publications().count(PublicationMetrics.Outcome.MALFORMED);
                yield answer(connection, new ServerFrame.Failure(bad.code(), bad.text(), bad.cid(), bad.rid(), null));
            }
        };
    }

    private static Mono<Void> answer(Connection connection, ServerFrame frame) {
        connection.send(frame);
        return Mono.empty();
    }

    @Override
    public void tooFast(Connection connection, Frame frame) {
        services.publications().count(PublicationMetrics.Outcome.RATE_LIMITED);
        ClientFrame refused = connection.dialect().read(services.reader(), frame.bytes());
        String cid = refused instanceof ClientFrame.Publish publish ? publish.cid() : null;
        String rid = refused instanceof ClientFrame.History history ? history.rid() : null;
        connection.send(RoomSession.failure(ErrorCode.RATE_LIMITED, cid, rid, RETRY));
    }

    @Override
    public Mono<Void> disconnect(Connection connection, CloseCode code) {
        if (session != null) {
            session.leave();
        }
        return Mono.empty();
    }
}
