package dev.sidestream.ws.fanout;

import dev.sidestream.channel.redis.LogListener;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.RoomListener;
import dev.sidestream.channel.redis.RoomTail;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.protocol.ErrorCode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.room.FanoutProperties;
import dev.sidestream.ws.room.RoomMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * The rooms that have members on this node. {@link #join} and {@link #leave} may be called from any thread; everything else
 * runs on the layer's executor, which confines all rooms to one thread.
 */
public final class Dispatcher implements LogListener {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /** Rooms that one batch of a check asks for. */
    private static final int CHECK_BATCH = 500;

    private final RedisChannelLayer layer;
    private final FanoutMetrics metrics;
    private final FanoutProperties settings;
    private final RoomReads reads;
    private final Handover handover;
    private final Map<String, RoomStream> rooms = new HashMap<>();
    private volatile boolean up;

    public Dispatcher(
            RedisChannelLayer layer, FanoutMetrics metrics, FanoutProperties settings, LimitsProperties limits) {
        this.layer = layer;
        this.metrics = metrics;
        this.settings = settings;
        this.reads =
                new RoomReads(layer, metrics, limits.replay(), limits.queue().toBytes() / 2);
        this.handover = new Handover(layer.executor());
    }

    /** Whether the log is being read. */
    public boolean isUp() {
        return up;
    }

    /** Lets a connection into a room; the request's future tells the outcome. */
    public void join(JoinRequest request) {
        layer.executor().execute(() -> {
            RoomStream stream = rooms.computeIfAbsent(request.room(), this::open);
            stream.join(request);
        });
    }

    /** Takes a connection out of a room, or off its way into it. */
    public void leave(String room, RoomMember member) {
        layer.executor().execute(() -> {
            RoomStream stream = rooms.get(room);
            if (stream != null) {
                stream.leave(member);
                if (stream.isIdle()) {
                    rooms.remove(room);
                }
            }
        });
    }

    private RoomStream open(String room) {
        Members members = new Members(settings, metrics.deliveries(), handover);
        return new RoomStream(room, reads, metrics, members);
    }

    @Override
    public @Nullable RoomListener room(String room) {
        return rooms.get(room);
    }

    @Override
    public void up() {
        up = true;
        log.atInfo().addKeyValue("node", layer.node()).log("Reading the log");
    }

    @Override
    public void down() {
        up = false;
        log.atWarn().addKeyValue("node", layer.node()).log("The log cannot be read; connections stay and are told");
        ServerFrame told = new ServerFrame.Failure(
                ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.text(), null, null, Duration.ofSeconds(2));
        rooms.values().forEach(stream -> stream.tellFull(told));
    }

    @Override
    public void resync(IntPredicate partitions, String cause) {
        List<String> concerned = rooms.keySet().stream()
                .filter(room -> partitions.test(layer.partition(room)))
                .toList();
        log.atWarn()
                .addKeyValue("node", layer.node())
                .addKeyValue("cause", cause)
                .addKeyValue("rooms", concerned.size())
                .log("Rooms must be proved again");
        check(concerned, cause);
    }

    /** Asks for the rooms' newest positions in batches, and proves those again whose members stand elsewhere. */
    private void check(List<String> concerned, String cause) {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < concerned.size(); i += CHECK_BATCH) {
            batches.add(concerned.subList(i, Math.min(concerned.size(), i + CHECK_BATCH)));
        }
        Flux.fromIterable(batches)
                .concatMap(layer::tails)
                .subscribe(
                        tails -> layer.executor().execute(() -> compare(tails, cause)),
                        failure ->
                                layer.executor().schedule(() -> check(concerned, cause), 500, TimeUnit.MILLISECONDS));
    }

    private void compare(Map<String, RoomTail> tails, String cause) {
        tails.forEach((room, tail) -> {
            RoomStream stream = rooms.get(room);
            if (stream != null && !Objects.equals(stream.last(), tail.last())) {
                stream.resync(cause);
            }
        });
    }
}
