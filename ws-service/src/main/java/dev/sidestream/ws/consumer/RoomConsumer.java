package dev.sidestream.ws.consumer;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.connection.NettyConnection;
import dev.sidestream.ws.fanout.JoinRequest;
import dev.sidestream.ws.protocol.ClientFrame;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.ErrorCode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.room.RoomAccess;
import dev.sidestream.ws.room.RoomMember;
import dev.sidestream.ws.session.User;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One connection in one room: the product. Messages are acknowledged after Redis has them, and come back to their sender
 * through the log like to everybody else.
 */
final class RoomConsumer implements Consumer {

    private static final Logger log = LoggerFactory.getLogger(RoomConsumer.class);

    /** Publishes of one connection that may be on their way to Redis at once; they are sent, and accepted, in order. */
    private static final int MAX_IN_FLIGHT = 64;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration RETRY_WHEN_AWAY = Duration.ofSeconds(2);

    private final RoomEnv env;
    private @Nullable RoomMember member;
    /** Whether the room is known to have history, so that this user cannot be the one who brings it to life. */
    private volatile boolean born;

    /** Whether this connection has used one of its user's new rooms for this room. */
    private boolean paid;

    private int inFlight;

    RoomConsumer(RoomEnv env) {
        this.env = env;
    }

    private static String room(Connection connection) {
        return Objects.requireNonNull(connection.scope().variable(Routes.ROOM));
    }

    @Override
    public Mono<Void> connect(Connection connection) {
        NettyConnection socket = (NettyConnection) connection; // the only implementation that can be a member
        RoomMember joining = new RoomMember(socket);
        member = joining;
        RoomQuery query = Objects.requireNonNull(RoomQuery.of(connection.scope()));
        RoomGreeting greeting = new RoomGreeting(env, connection, query.since());
        CompletableFuture<Void> joined = new CompletableFuture<>();
        env.dispatcher()
                .join(new JoinRequest(
                        joining,
                        room(connection),
                        query.since(),
                        query.history(),
                        outcome -> {
                            born = outcome.tail() != null;
                            return greeting.frames(outcome);
                        },
                        joined));
        // Bounded, because a room that is being proved again while Redis is away lets nobody in.
        return Mono.fromFuture(joined).timeout(env.limits().handshakeTimeout()).onErrorResume(cause -> {
            log.atDebug().addKeyValue("room", room(connection)).setCause(cause).log("A member could not join");
            connection.close(CloseCode.OVERLOADED, RETRY_WHEN_AWAY);
            return Mono.empty();
        });
    }

    @Override
    public Mono<Void> receive(Connection connection, Frame frame) {
        return switch (env.reader().read(frame.bytes(), connection.mode())) {
            case ClientFrame.Publish publish -> publish((NettyConnection) connection, publish);
            case ClientFrame.History history -> history(connection, history);
            case ClientFrame.Ping ping -> answer(connection, new ServerFrame.Pong(ping.json()));
            case ClientFrame.Pong ignored -> Mono.empty();
            case ClientFrame.Unreadable bad -> {
                env.publications().count(PublicationMetrics.Outcome.MALFORMED);
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
        env.publications().count(PublicationMetrics.Outcome.RATE_LIMITED);
        ClientFrame refused = env.reader().read(frame.bytes(), connection.mode());
        String cid = refused instanceof ClientFrame.Publish publish ? publish.cid() : null;
        String rid = refused instanceof ClientFrame.History history ? history.rid() : null;
        connection.send(failure(ErrorCode.RATE_LIMITED, cid, rid, RETRY));
    }

    private static ServerFrame failure(
            ErrorCode code, @Nullable String cid, @Nullable String rid, @Nullable Duration retryAfter) {
        return new ServerFrame.Failure(code, code.text(), cid, rid, retryAfter);
    }

    // ---- publish

    private Mono<Void> publish(NettyConnection connection, ClientFrame.Publish publish) {
        ServerFrame refusal = refusal(connection, publish);
        if (refusal != null) {
            return answer(connection, refusal);
        }
        connection.used();
        User user = connection.scope().user();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        env.layer()
                .publish(room(connection), new Publication(user.name(), publish.json(), publish.cid(), user.id()))
                .subscribe(
                        receipt -> {
                            accepted(connection, publish, receipt);
                            over(connection, done);
                        },
                        cause -> {
                            refused(connection, publish, cause);
                            over(connection, done);
                        });
        // Usually nobody waits for it: the answer follows when Redis has answered, and the next frame may be read.
        return ++inFlight < MAX_IN_FLIGHT ? Mono.empty() : Mono.fromFuture(done).then();
    }

    private void over(NettyConnection connection, CompletableFuture<Boolean> done) {
        connection.loop().loop().execute(() -> inFlight--);
        done.complete(true);
    }

    private @Nullable ServerFrame refusal(Connection connection, ClientFrame.Publish publish) {
        if (publish.json().length > Publication.MAX_JSON) {
            env.publications().count(PublicationMetrics.Outcome.TOO_LARGE);
            return failure(ErrorCode.TOO_LARGE, publish.cid(), null, null);
        }
        RoomAccess access = env.policy().access(connection.scope().user(), room(connection));
        if (access != RoomAccess.WRITE) {
            env.publications().count(PublicationMetrics.Outcome.FORBIDDEN);
            ErrorCode code = access == RoomAccess.READ ? ErrorCode.READ_ONLY : ErrorCode.FORBIDDEN;
            return failure(code, publish.cid(), null, null);
        }
        if (!born && !paid) {
            paid = env.newRooms().tryTake(connection.scope().user().id());
            if (!paid) {
                env.publications().count(PublicationMetrics.Outcome.RATE_LIMITED);
                Duration next = Duration.ofMinutes(1).dividedBy(env.limits().roomsPerMinute());
                return failure(ErrorCode.RATE_LIMITED, publish.cid(), null, next);
            }
        }
        return null;
    }

    private void accepted(Connection connection, ClientFrame.Publish publish, Receipt receipt) {
        born = true;
        env.publications()
                .count(
                        receipt.duplicate()
                                ? PublicationMetrics.Outcome.DUPLICATE
                                : PublicationMetrics.Outcome.ACCEPTED);
        if (publish.cid() != null) {
            connection.send(new ServerFrame.Ack(publish.cid(), receipt.position(), receipt.duplicate()));
        }
    }

    private void refused(Connection connection, ClientFrame.Publish publish, Throwable cause) {
        boolean invalid =
                cause instanceof ChannelLayerException failed && failed.kind() == ChannelLayerException.Kind.INVALID;
        env.publications().count(PublicationMetrics.Outcome.UNAVAILABLE);
        if (invalid) {
            log.atError().addKeyValue("room", room(connection)).setCause(cause).log("Redis refuses a publication");
            connection.send(failure(ErrorCode.INTERNAL, publish.cid(), null, null));
        } else {
            connection.send(failure(ErrorCode.UNAVAILABLE, publish.cid(), null, RETRY_WHEN_AWAY));
        }
    }

    // ---- history

    private Mono<Void> history(Connection connection, ClientFrame.History asked) {
        Position before = asked.before() == null ? null : Position.parse(asked.before());
        Position after = asked.after() == null ? null : Position.parse(asked.after());
        if ((asked.before() != null && before == null) || (asked.after() != null && after == null)) {
            return answer(connection, failure(ErrorCode.BAD_REQUEST, null, asked.rid(), null));
        }
        int limit = Math.min(asked.limit(), env.limits().replay());
        return env.layer()
                .history(room(connection), after, before, limit)
                .doOnNext(page -> connection.send(
                        HistoryAnswer.fitting(asked, page, env.limits().queue().toBytes() / 2)))
                .onErrorResume(cause -> {
                    connection.send(failure(ErrorCode.UNAVAILABLE, null, asked.rid(), RETRY_WHEN_AWAY));
                    return Mono.empty();
                })
                .then();
    }

    @Override
    public Mono<Void> disconnect(Connection connection, CloseCode code) {
        RoomMember leaving = member;
        if (leaving != null) {
            env.dispatcher().leave(room(connection), leaving);
        }
        return Mono.empty();
    }
}
