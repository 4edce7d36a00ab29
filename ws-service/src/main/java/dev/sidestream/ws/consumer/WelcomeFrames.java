package dev.sidestream.ws.consumer;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.redis.GapReason;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.ws.connection.Outlet;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WelcomeLimits;
import dev.sidestream.ws.room.JoinOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a member is told first: welcome, then at most one gap, then what precedes the live messages. */
final class WelcomeFrames {

    private final RoomServices services;
    private final Outlet client;
    private final String room;
    private final @Nullable Position since;

    WelcomeFrames(RoomServices services, Outlet client, String room, @Nullable Position since) {
        this.services = services;
        this.client = client;
        this.room = room;
        this.since = since;
    }

    List<ServerFrame> frames(JoinOutcome outcome) {
        List<ServerFrame> frames = new ArrayList<>(outcome.publications().size() + 2);
        if (outcome.first()) {
            frames.add(welcome(outcome));
        }
        Replay.Gap gap = outcome.gap();
        if (gap != null) {
            services.metrics().gap(gap.reason());
            frames.add(new ServerFrame.Gap(
                    since == null ? null : since.id(),
                    gap.first(),
                    gap.next(),
                    gap.reason().wireName()));
        }
        String me = client.scope().user().id();
        Position before = null;
        for (StoredPublication stored : outcome.publications()) {
            if (stored.isReadable()) {
                frames.add(new ServerFrame.Published(
                        stored, me.equals(stored.publication().author())));
            } else {
                services.metrics().gap(GapReason.LOST);
                frames.add(ServerFrame.Gap.unreadable(before, stored.position()));
            }
            before = stored.position();
        }
        return frames;
    }

    private ServerFrame welcome(JoinOutcome outcome) {
        LimitsProperties limits = services.limits();
        return new ServerFrame.Welcome(
                client.channel(),
                services.node(),
                room,
                client.scope().user().name(),
                outcome.newest(),
                outcome.resumed(),
                (int) Math.min(Integer.MAX_VALUE, outcome.publications().size() + outcome.left()),
                services.heartbeat().interval(),
                new WelcomeLimits(
                        (int) limits.frame().toBytes(),
                        limits.rate(),
                        limits.burst(),
                        (int) limits.queue().toBytes(),
                        limits.replay()),
                sessionTtl());
    }

    private @Nullable Duration sessionTtl() {
        SessionRef session = client.session();
        Instant deadline = session == null ? null : session.deadline();
        if (deadline == null) {
            return null;
        }
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
