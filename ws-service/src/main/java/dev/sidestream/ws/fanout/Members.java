package dev.sidestream.ws.fanout;

import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.room.FanoutProperties;
import dev.sidestream.ws.room.Outgoing;
import dev.sidestream.ws.room.RoomMember;
import dev.sidestream.ws.room.RoomShard;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The shards of one room and how many members each has, as the dispatcher sees it. Confined to the layer's executor. */
final class Members {

    private final FanoutProperties settings;
    private final LongAdder deliveries;
    private final Handover handover;
    private final List<Shard> shards = new ArrayList<>(2);
    private final int[] modes = new int[Mode.values().length];

    Members(FanoutProperties settings, LongAdder deliveries, Handover handover) {
        this.settings = settings;
        this.deliveries = deliveries;
        this.handover = handover;
    }

    boolean has(Mode mode) {
        return modes[mode.ordinal()] > 0;
    }

    boolean isEmpty() {
        return shards.isEmpty();
    }

    void broadcast(Outgoing frame) {
        for (Shard shard : shards) {
            handover.append(shard.shard, frame);
        }
    }

    void enter(RoomMember member, ByteBuf greeting) {
        Shard shard = of(member.connection().loop());
        member.setCounted(true);
        shard.count++;
        modes[member.connection().mode().ordinal()]++;
        handover.run(shard.shard.loop(), () -> shard.shard.enter(member, greeting));
    }

    /** The greeting alone; {@link #enter} follows when the room has reached the member's join point. */
    void greet(RoomMember member, ByteBuf greeting) {
        handover.run(member.connection().loop(), () -> RoomShard.greet(member, greeting));
    }

    /** No effect on one that never entered. */
    void leave(RoomMember member) {
        if (!member.isCounted()) {
            return;
        }
        member.setCounted(false);
        Shard shard = of(member.connection().loop());
        modes[member.connection().mode().ordinal()]--;
        if (--shard.count == 0) {
            shards.remove(shard);
        }
        handover.run(shard.shard.loop(), () -> shard.shard.leave(member));
    }

    private Shard of(LoopState loop) {
        for (Shard shard : shards) {
            if (shard.shard.loop() == loop) {
                return shard;
            }
        }
        Shard made = new Shard(new RoomShard(loop, settings, deliveries));
        shards.add(made);
        return made;
    }

    private static final class Shard {
        private final RoomShard shard;
        private int count;

        Shard(RoomShard shard) {
            this.shard = shard;
        }
    }
}
