package dev.sidestream.ws.room;

import dev.sidestream.ws.connection.Loop;
import dev.sidestream.ws.delivery.FanoutProperties;
import dev.sidestream.ws.delivery.Handover;
import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.delivery.Outgoing;
import dev.sidestream.ws.delivery.Shard;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.Dialects;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The members of one room, each with its shard on its own event loop, and how many each shard has. */
final class ShardedMembers implements Members {

    private final Loop rooms;
    private final FanoutProperties settings;
    private final LongAdder deliveries;
    private final Handover handover;
    private final List<Counted> shards = new ArrayList<>(2);
    private final int[] byDialect = new int[Dialects.count()];

    /**
     * Makes it empty.
     *
     * @param rooms the thread that all this is confined to
     */
    ShardedMembers(Loop rooms, FanoutProperties settings, LongAdder deliveries, Handover handover) {
        this.rooms = rooms;
        this.settings = settings;
        this.deliveries = deliveries;
        this.handover = handover;
    }

    @Override
    public boolean has(Dialect dialect) {
        return byDialect[dialect.index()] > 0;
    }

    @Override
    public boolean isEmpty() {
        return shards.isEmpty();
    }

    @Override
    public void broadcast(Outgoing frame) {
        for (Counted counted : shards) {
            Shard shard = counted.shard;
            handover.run(shard.loop(), () -> shard.append(frame));
        }
    }

    @Override
    public void enter(Member member, ByteBuf greeting) {
        Counted counted = of(member.outlet().loop());
        member.setCounted(true);
        counted.members++;
        byDialect[member.outlet().dialect().index()]++;
        handover.run(counted.shard.loop(), () -> counted.shard.enter(member, greeting));
    }

    @Override
    public void greet(Member member, ByteBuf greeting) {
        handover.run(member.outlet().loop(), () -> Shard.greet(member, greeting));
    }

    @Override
    public void whenTaken(Runnable then) {
        if (shards.isEmpty()) {
            rooms.execute(then);
            return;
        }
        AtomicInteger left = new AtomicInteger(shards.size());
        for (Counted counted : shards) {
            Shard shard = counted.shard;
            handover.run(
                    shard.loop(),
                    () -> shard.whenTaken(() -> {
                        if (left.decrementAndGet() == 0) {
                            rooms.execute(then);
                        }
                    }));
        }
    }

    @Override
    public void whenTaken(Member member, Runnable then) {
        handover.run(member.outlet().loop(), () -> Shard.whenTaken(member, () -> rooms.execute(then)));
    }

    @Override
    public void leave(Member member) {
        if (!member.isCounted()) {
            return;
        }
        member.setCounted(false);
        Counted counted = of(member.outlet().loop());
        byDialect[member.outlet().dialect().index()]--;
        if (--counted.members == 0) {
            shards.remove(counted);
        }
        handover.run(counted.shard.loop(), () -> counted.shard.leave(member));
    }

    private Counted of(Loop loop) {
        for (Counted counted : shards) {
            if (counted.shard.loop().equals(loop)) {
                return counted;
            }
        }
        Counted made = new Counted(new Shard(loop, settings, deliveries));
        shards.add(made);
        return made;
    }

    /** A shard and how many members it has or will have once its loop has done what it was handed. */
    private static final class Counted {
        private final Shard shard;
        private int members;

        Counted(Shard shard) {
            this.shard = shard;
        }
    }
}
