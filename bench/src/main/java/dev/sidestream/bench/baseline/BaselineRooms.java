package dev.sidestream.bench.baseline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The members of every room; used by the one event loop only. */
final class BaselineRooms {

    private static final byte[] ID = ",\"id\":\"1700000000000-0.".getBytes(US_ASCII);
    private static final byte[] USER = ".baseline\",\"user\":\"member\"}".getBytes(US_ASCII);

    private final Map<String, Room> rooms = new HashMap<>();

    private static final class Room {
        final Set<Channel> members = new LinkedHashSet<>();
        long seq;
    }

    void join(String name, Channel channel) {
        rooms.computeIfAbsent(name, missing -> new Room()).members.add(channel);
        channel.closeFuture().addListener(closed -> leave(name, channel));
    }

    private void leave(String name, Channel channel) {
        Room room = rooms.get(name);
        if (room != null && room.members.remove(channel) && room.members.isEmpty()) {
            rooms.remove(name);
        }
    }

    /** Sends what came in, with a position and an author, to every member: one write, one flush each. */
    void publish(String name, ByteBuf in) {
        Room room = rooms.get(name);
        if (room == null) {
            return;
        }
        ByteBuf out = in.alloc().directBuffer(in.readableBytes() + 80);
        out.writeBytes(in, in.readerIndex(), in.readableBytes() - 1)
                .writeBytes(ID)
                .writeBytes(Long.toString(++room.seq).getBytes(US_ASCII))
                .writeBytes(USER);
        for (Channel member : room.members) {
            send(member, out.retainedDuplicate());
        }
        out.release();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is the void promise, which tells nobody but the handlers
    private static void send(Channel member, ByteBuf text) {
        member.writeAndFlush(new TextWebSocketFrame(text), member.voidPromise());
    }
}
