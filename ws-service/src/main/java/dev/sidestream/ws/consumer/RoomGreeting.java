package dev.sidestream.ws.consumer;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.NettyConnection;
import dev.sidestream.ws.fanout.JoinOutcome;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WelcomeLimits;
import dev.sidestream.ws.session.SessionRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a member is told first: welcome, then at most one gap, then what precedes the live messages. */
final class RoomGreeting {

    private final RoomEnv env;
    private final Connection connection;
    private final @Nullable Position since;

    RoomGreeting(RoomEnv env, Connection connection, @Nullable Position since) {
        this.env = env;
        this.connection = connection;
        this.since = since;
    }

    List<ServerFrame> frames(JoinOutcome outcome) {
        List<ServerFrame> frames = new ArrayList<>(outcome.publications().size() + 2);
        frames.add(welcome(outcome));
        if (outcome.gap() != null) {
            env.fanout().gap(outcome.gap());
            Position first = outcome.publications().isEmpty()
                    ? null
                    : outcome.publications().getFirst().position();
            frames.add(new ServerFrame.Gap(
                    since == null ? null : since.id(), first, outcome.gap().wireName()));
        }
        String me = connection.scope().user().id();
        for (StoredPublication stored : outcome.publications()) {
            frames.add(new ServerFrame.Published(
                    stored, me.equals(stored.publication().author())));
        }
        return frames;
    }

    private ServerFrame welcome(JoinOutcome outcome) {
        LimitsProperties limits = env.limits();
        return new ServerFrame.Welcome(
                connection.channel(),
                env.layer().node(),
                Objects.requireNonNull(connection.scope().variable(Routes.ROOM)),
                connection.scope().user().name(),
                outcome.tail(),
                outcome.resumed(),
                outcome.publications().size(),
                env.heartbeat().interval(),
                new WelcomeLimits(
                        (int) limits.frame().toBytes(),
                        limits.rate(),
                        limits.burst(),
                        (int) limits.queue().toBytes(),
                        limits.replay()),
                sessionTtl());
    }

    private @Nullable Duration sessionTtl() {
        SessionRef session = ((NettyConnection) connection).session();
        Instant deadline = session == null ? null : session.deadline();
        if (deadline == null) {
            return null;
        }
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
