package dev.sidestream.ws.room;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.redis.Replay;
import dev.sidestream.channel.redis.RoomTail;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What rooms retain. Every answer and failure comes on the thread of the rooms, after the call has returned. */
interface RoomReads {

    /** The newest position of a room; null for one without history. */
    void tail(String room, Consumer<@Nullable Position> answer, Consumer<Throwable> failure);

    /** The newest positions of many rooms, each at an instant of its own; a room that cannot be read is left out. */
    void tails(List<String> rooms, Consumer<Map<String, RoomTail>> answer, Consumer<Throwable> failure);

    /**
     * What a joiner asked for, as of one instant, or the first portion of it.
     *
     * @param from where an earlier portion ended; null for the first
     */
    void history(
            JoinRequest request, @Nullable Position from, Consumer<JoinOutcome> answer, Consumer<Throwable> failure);

    /**
     * Proves a room from a position, again and again until that is answered or nobody is left. A large answer comes in portions, each
     * of which is asked for.
     *
     * @param since null for a room that had no history when it was last looked at
     * @param idle whether nobody is left; then the answer may never come
     */
    void replay(String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer);

    /**
     * Says that Redis no longer has a position that it had accepted. The answer comes when that is settled, or could not be: the
     * room is to be proved again then.
     */
    void lost(String room, Position accepted, Runnable settled);
}
