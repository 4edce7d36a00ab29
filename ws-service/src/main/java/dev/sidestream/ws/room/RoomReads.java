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

    /** The newest positions of many rooms, each at an instant of its own. */
    void tails(List<String> rooms, Consumer<Map<String, RoomTail>> answer, Consumer<Throwable> failure);

    /** What a joiner asked for, as of one instant. */
    void history(JoinRequest request, Consumer<JoinOutcome> answer, Consumer<Throwable> failure);

    /**
     * Proves a room from a position, again and again until that is answered or nobody is left.
     *
     * @param since null for a room that had no history when it was last looked at
     * @param idle whether nobody is left; then the answer may never come
     */
    void replay(String room, @Nullable Position since, BooleanSupplier idle, Consumer<Replay> answer);

    /** Begins a new epoch after Redis lost the end of a room. A failure is logged, and the room stays in its epoch. */
    void renewEpoch(String room, String epoch);
}
