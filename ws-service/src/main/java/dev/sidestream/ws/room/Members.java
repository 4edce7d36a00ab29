package dev.sidestream.ws.room;

import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.delivery.Outgoing;
import dev.sidestream.ws.protocol.Dialect;
import io.netty.buffer.ByteBuf;

/** The members of one room on this node, as the room sees them. Confined to the thread of the rooms. */
interface Members {

    boolean isEmpty();

    /** Whether any member speaks this dialect. */
    boolean has(Dialect dialect);

    /** One more frame for every member. */
    void broadcast(Outgoing frame);

    /**
     * Greets a member and lets it in: it gets every frame from now on.
     *
     * @param greeting bytes of whole frames; taken over
     */
    void enter(Member member, ByteBuf greeting);

    /** The greeting alone; {@link #enter} follows when the room has reached the member's join point. */
    void greet(Member member, ByteBuf greeting);

    /** Runs something on the rooms' thread when the members' sockets have taken what was given to them, or half a second is over. */
    void whenTaken(Runnable then);

    /** The same of one that was greeted; its own time. */
    void whenTaken(Member member, Runnable then);

    /** Takes it out; no effect on one that never entered. */
    void leave(Member member);
}
