package dev.sidestream.ws.room;

import dev.sidestream.channel.redis.RoomTail;
import dev.sidestream.channel.redis.link.Backoff;
import dev.sidestream.channel.redis.log.LogListener;
import dev.sidestream.channel.redis.log.ResyncCause;
import dev.sidestream.channel.redis.log.RoomListener;
import dev.sidestream.ws.connection.Loop;
import dev.sidestream.ws.delivery.FanoutProperties;
import dev.sidestream.ws.delivery.Handover;
import dev.sidestream.ws.delivery.Member;
import dev.sidestream.ws.protocol.ServerFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms that have members on this node. {@link #join} and {@link #leave} may be called from any thread; everything else
 * runs on the layer's executor, which confines all rooms to one thread.
 */
public final class Rooms implements LogListener {

    private static final Logger log = LoggerFactory.getLogger(Rooms.class);

    /** Rooms that one batch of a check asks for. */
    private static final int CHECK_BATCH = 500;

    private final String node;
    private final ToIntFunction<String> partition;
    private final Loop loop;
    private final RoomReads reads;
    private final RoomMetrics metrics;
    private final FanoutProperties settings;
    private final Handover handover;
    private final Map<String, Room> rooms = new HashMap<>();
    /** The partitions whose log is being read. */
    private volatile IntPredicate heard = partition -> false;

    /**
     * Makes a node without members.
     *
     * @param node its name, for the log
     * @param partition the partition whose log carries a room
     * @param loop the one thread that everything runs on
     */
    Rooms(
            String node,
            ToIntFunction<String> partition,
            Loop loop,
            RoomReads reads,
            RoomMetrics metrics,
            FanoutProperties settings) {
        this.node = node;
        this.partition = partition;
        this.loop = loop;
        this.reads = reads;
        this.metrics = metrics;
        this.settings = settings;
        this.handover = new Handover(loop);
    }

    /** Whether the log is being read that carries a room's publications. Safe for many threads. */
    public boolean hears(String room) {
        return heard.test(partition.applyAsInt(room));
    }

    /** Lets a client into a room; the request's future tells the outcome. */
    public void join(JoinRequest request) {
        loop.execute(() -> rooms.computeIfAbsent(request.room(), this::open).join(request));
    }

    /** Takes a client out of a room, or off its way into it. */
    public void leave(String name, Member member) {
        loop.execute(() -> {
            Room room = rooms.get(name);
            if (room != null) {
                room.leave(member);
                if (room.isIdle()) {
                    rooms.remove(name);
                }
            }
        });
    }

    private Room open(String name) {
        return new Room(name, reads, metrics, new ShardedMembers(loop, settings, metrics.deliveries(), handover));
    }

    @Override
    public @Nullable RoomListener room(String name) {
        return rooms.get(name);
    }

    @Override
    public void up(IntPredicate partitions) {
        IntPredicate before = heard;
        heard = partitions;
        log.atInfo().addKeyValue("node", node).log("Reading the log");
        tell(name -> hears(name) && !before.test(partition.applyAsInt(name)), new ServerFrame.Restored());
    }

    @Override
    public void down(IntPredicate partitions) {
        IntPredicate before = heard;
        heard = partitions;
        log.atWarn().addKeyValue("node", node).log("The log cannot be read; connections stay and are told");
        tell(name -> !hears(name) && before.test(partition.applyAsInt(name)), new ServerFrame.Degraded());
    }

    private void tell(Predicate<String> concerned, ServerFrame frame) {
        rooms.forEach((name, room) -> {
            if (concerned.test(name)) {
                room.tell(frame);
            }
        });
    }

    @Override
    public void resync(IntPredicate partitions, ResyncCause cause) {
        List<String> concerned = rooms.keySet().stream()
                .filter(room -> partitions.test(partition.applyAsInt(room)))
                .toList();
        if (concerned.isEmpty()) {
            return;
        }
        log.atWarn()
                .addKeyValue("node", node)
                .addKeyValue("cause", cause.wireName())
                .addKeyValue("rooms", concerned.size())
                .log("Rooms must be proved again");
        check(concerned, cause, 1);
    }

    /** Asks for the rooms' newest positions, one batch after the other, and proves those again whose members stand elsewhere. */
    private void check(List<String> concerned, ResyncCause cause, int attempt) {
        if (concerned.isEmpty()) {
            return;
        }
        int next = Math.min(concerned.size(), CHECK_BATCH);
        reads.tails(
                concerned.subList(0, next),
                tails -> {
                    compare(tails, cause);
                    check(concerned.subList(next, concerned.size()), cause, 1);
                },
                failure -> {
                    metrics.resync(ResyncCause.RETRY);
                    loop.schedule(
                            () -> check(concerned, cause, attempt + 1),
                            Backoff.READ.after(attempt).toNanos());
                });
    }

    private void compare(Map<String, RoomTail> tails, ResyncCause cause) {
        tails.forEach((name, tail) -> {
            Room room = rooms.get(name);
            if (room != null && !Objects.equals(room.last(), tail.last())) {
                room.resync(cause);
            }
        });
    }
}
