package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.redis.keys.Keys;
import dev.sidestream.channel.redis.link.Backoff;
import dev.sidestream.channel.redis.link.Detached;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.channel.redis.log.Witness;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the epochs of rooms that have lost what was accepted, so that everybody whom it concerns is told: those on other nodes,
 * and those who come back later.
 */
final class RoomBreaks {

    private static final Logger LOG = LoggerFactory.getLogger(RoomBreaks.class);

    /** Rooms that are asked for at once. */
    private static final int PORTION = 500;

    private final RedisScript script = new RedisScript(RoomBreaks.class, "break.lua");
    private final RedisLink link;
    private final Keys keys;
    private final byte[] logLength;

    RoomBreaks(RedisLink link, Keys keys, int logLength) {
        this.link = link;
        this.keys = keys;
        this.logLength = number(logLength);
    }

    /** Whether this call has ended the epoch of a position that Redis had accepted, and no longer holds. */
    CompletionStage<Boolean> lost(String room, Position accepted) {
        int partition = keys.partition(room);
        byte[][] names = {keys.meta(room), keys.room(room), keys.log(partition), keys.life(partition)};
        CompletionStage<Long> answer = script.call(
                link.commands(),
                ScriptOutputType.INTEGER,
                names,
                room.getBytes(UTF_8),
                accepted.entryId().getBytes(US_ASCII),
                number(accepted.seq()),
                accepted.epoch().getBytes(UTF_8),
                logLength);
        return answer.thenApply(done -> {
            if (done == 1) {
                LOG.atWarn()
                        .addKeyValue("room", room)
                        .addKeyValue("accepted", accepted.id())
                        .log("Redis lost publications that it had accepted; the room's members are told");
            }
            return done == 1;
        });
    }

    /** Asks for all rooms of some partitions that were seen lately, until Redis has answered for each. */
    void examine(Witness witness, IntPredicate partitions) {
        examine(witness.known(partitions), 1);
    }

    private void examine(List<Witness.Known> rooms, int attempt) {
        if (rooms.isEmpty()) {
            return;
        }
        int end = Math.min(PORTION, rooms.size());
        List<Witness.Known> again = new ArrayList<>();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (Witness.Known known : rooms.subList(0, end)) {
            answers.add(lost(known.room(), known.position())
                    .handle((lost, failure) -> {
                        // A foreign key in its place concerns that room alone.
                        if (failure != null && !Failures.isInvalid(failure)) {
                            synchronized (again) {
                                again.add(known);
                            }
                        }
                        return true;
                    })
                    .toCompletableFuture());
        }
        List<Witness.Known> rest = rooms.subList(end, rooms.size());
        Detached.then(
                CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)),
                (done, failure) -> {
                    if (again.isEmpty()) {
                        examine(rest, 1);
                    } else {
                        again.addAll(rest);
                        Detached.after(Backoff.READ.after(attempt), () -> examine(again, attempt + 1), link.executor());
                    }
                },
                link.executor());
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(US_ASCII);
    }
}
