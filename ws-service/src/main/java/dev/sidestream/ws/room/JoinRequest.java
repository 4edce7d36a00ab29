package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.protocol.ServerFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection that wants into a room.
 *
 * @param member who
 * @param room the room's normalised name
 * @param since resume after this; null to begin live
 * @param history begin with the last so many; 0 for none; not both
 * @param greeting the frames that precede the live ones, made on the layer's executor
 * @param joined completes when the member is in, or fails when Redis could not be asked
 */
public record JoinRequest(
        Member member,
        String room,
        @Nullable Position since,
        int history,
        Function<JoinOutcome, List<ServerFrame>> greeting,
        CompletableFuture<Void> joined) {}
