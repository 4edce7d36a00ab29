package dev.sidestream.ws.consumer;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.Receipt;
import dev.sidestream.sessions.User;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.protocol.ClientFrame;
import dev.sidestream.ws.protocol.ErrorCode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.rights.RoomAccess;
import dev.sidestream.ws.room.JoinRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One client in one room: joins with a look back, publishes, reads history, leaves. What it says goes to the client as frames of
 * the client's dialect. Messages are acknowledged after Redis has them, and come back to their sender through the log like to
 * everybody else. Its methods are for the client's event loop.
 */
final class RoomSession {

    private static final Logger log = LoggerFactory.getLogger(RoomSession.class);

    /** Publishes of one client that may be on their way to Redis at once; they are sent, and accepted, in order. */
    private static final int MAX_IN_FLIGHT = 64;

    private static final Duration RETRY_WHEN_AWAY = Duration.ofSeconds(2);

    private final RoomServices services;
    private final Outlet client;
    private final String room;
    private final Member member;
    /** Whether the room is known to have history, so that this user cannot be the one who brings it to life. */
    private volatile boolean born;

    /** Whether this client has used one of its user's new rooms for this room. */
    private boolean paid;

    private int inFlight;

    /** @param room the room's normalised name */
    RoomSession(RoomServices services, Outlet client, String room) {
        this.services = services;
        this.client = client;
        this.room = room;
        this.member = new Member(client);
    }

    String room() {
        return room;
    }

    /**
     * Enters the room: the welcome, then what was asked for, then everything live.
     *
     * @return empty when it is in; an error when Redis could not be asked in time, and it may still come in until {@link #leave}
     */
    Mono<Void> join(RoomQuery query) {
        WelcomeFrames welcome = new WelcomeFrames(services, client, room, query.since());
        CompletableFuture<Void> joined = new CompletableFuture<>();
        services.rooms()
                .join(new JoinRequest(
                        member,
                        room,
                        query.since(),
                        query.history(),
                        outcome -> {
                            born = outcome.tail() != null;
                            return welcome.frames(outcome);
                        },
                        joined));
        // Bounded, because a room that is being proved again while Redis is away lets nobody in.
        return Mono.fromFuture(joined).timeout(services.limits().handshakeTimeout());
    }

    /** Leaves the room, or the way into it. */
    void leave() {
        services.rooms().leave(room, member);
    }

    /**
     * Publishes a message. Its ack or error is sent to the client.
     *
     * @return ends when the next frame may be read: at once, unless too many are under way
     */
    Mono<Void> publish(ClientFrame.Publish publish) {
        ServerFrame refusal = refusal(publish);
        if (refusal != null) {
            client.send(refusal);
            return Mono.empty();
        }
        User user = client.scope().user();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        services.layer()
                .publish(room, new Publication(user.name(), publish.json(), publish.cid(), user.id()))
                .subscribe(
                        receipt -> over(accepted(publish, receipt), done),
                        cause -> over(refused(publish, cause), done));
        // Usually nobody waits for it: the answer follows when Redis has answered, and the next frame may be read.
        return ++inFlight < MAX_IN_FLIGHT ? Mono.empty() : Mono.fromFuture(done).then();
    }

    /** One task on the client's loop for all that an answer of Redis changes there. */
    private void over(@Nullable ServerFrame told, CompletableFuture<Boolean> done) {
        client.loop().execute(() -> {
            inFlight--;
            if (told != null) {
                client.send(told);
            }
            done.complete(true);
        });
    }

    private @Nullable ServerFrame refusal(ClientFrame.Publish publish) {
        if (publish.json().length > Publication.MAX_JSON) {
            services.publications().count(PublicationMetrics.Outcome.TOO_LARGE);
            return failure(ErrorCode.TOO_LARGE, publish.cid(), null, null);
        }
        RoomAccess access = services.policy().access(client.scope().user(), room);
        if (access != RoomAccess.WRITE) {
            services.publications().count(PublicationMetrics.Outcome.FORBIDDEN);
            ErrorCode code = access == RoomAccess.READ ? ErrorCode.READ_ONLY : ErrorCode.FORBIDDEN;
            return failure(code, publish.cid(), null, null);
        }
        if (!born && !paid) {
            paid = services.newRooms().tryTake(client.scope().user().id());
            if (!paid) {
                services.publications().count(PublicationMetrics.Outcome.RATE_LIMITED);
                Duration next =
                        Duration.ofMinutes(1).dividedBy(services.limits().roomsPerMinute());
                return failure(ErrorCode.RATE_LIMITED, publish.cid(), null, next);
            }
        }
        return null;
    }

    private @Nullable ServerFrame accepted(ClientFrame.Publish publish, Receipt receipt) {
        born = true;
        services.publications()
                .count(
                        receipt.duplicate()
                                ? PublicationMetrics.Outcome.DUPLICATE
                                : PublicationMetrics.Outcome.ACCEPTED);
        return publish.cid() == null
                ? null
                : new ServerFrame.Ack(publish.cid(), receipt.position(), receipt.duplicate());
    }

    private ServerFrame refused(ClientFrame.Publish publish, Throwable cause) {
        boolean invalid =
                cause instanceof ChannelLayerException failed && failed.kind() == ChannelLayerException.Kind.INVALID;
        services.publications().count(PublicationMetrics.Outcome.UNAVAILABLE);
        if (invalid) {
            log.atError().addKeyValue("room", room).setCause(cause).log("Redis refuses a publication");
            return failure(ErrorCode.INTERNAL, publish.cid(), null, null);
        }
        return failure(ErrorCode.UNAVAILABLE, publish.cid(), null, RETRY_WHEN_AWAY);
    }

    /** Sends a page of history, or why there is none. Ends when that is sent. */
    Mono<Void> history(ClientFrame.History asked) {
        Position before = asked.before() == null ? null : Position.parse(asked.before());
        Position after = asked.after() == null ? null : Position.parse(asked.after());
        if ((asked.before() != null && before == null) || (asked.after() != null && after == null)) {
            client.send(failure(ErrorCode.BAD_REQUEST, null, asked.rid(), null));
            return Mono.empty();
        }
        int limit = Math.min(asked.limit(), services.limits().replay());
        return services.layer()
                .history(room, after, before, limit)
                .doOnNext(page -> client.send(HistoryAnswer.fitting(
                        asked, page, services.limits().queue().toBytes() / 2)))
                .onErrorResume(cause -> {
                    client.send(failure(ErrorCode.UNAVAILABLE, null, asked.rid(), RETRY_WHEN_AWAY));
                    return Mono.empty();
                })
                .then();
    }

    static ServerFrame failure(
            ErrorCode code, @Nullable String cid, @Nullable String rid, @Nullable Duration retryAfter) {
        return new ServerFrame.Failure(code, code.text(), cid, rid, retryAfter);
    }
}
