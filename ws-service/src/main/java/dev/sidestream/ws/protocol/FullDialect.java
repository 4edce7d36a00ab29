package dev.sidestream.ws.protocol;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Everything that clients are told, as JSON objects with a {@code type}: {@value #SUBPROTOCOL}. */
record FullDialect(int index) implements Dialect {

    static final String SUBPROTOCOL = "sidestream.v1.json";

    @Override
    public String tag() {
        return "full";
    }

    @Override
    public String subProtocol() {
        return SUBPROTOCOL;
    }

    @Override
    public boolean tellsAll() {
        return true;
    }

    @Override
    public ClientFrame read(FrameReader reader, byte[] text) {
        return reader.readFull(text);
    }

    @Override
    public EncodedFrame write(ServerFrame frame) {
        return switch (frame) {
            case ServerFrame.Published published -> published(published);
            case ServerFrame.Welcome welcome -> welcome(welcome);
            case ServerFrame.Gap gap ->
                typed("gap")
                        .field("since", gap.since())
                        .field("first", id(gap.first()))
                        .field("id", id(gap.next()))
                        .field("reason", gap.reason())
                        .close()
                        .toTextFrame();
            case ServerFrame.Degraded ignored -> typed("degraded").close().toTextFrame();
            case ServerFrame.Restored ignored -> typed("restored").close().toTextFrame();
            case ServerFrame.Ack ack -> ack(ack);
            case ServerFrame.Failure failure -> failure(failure);
            case ServerFrame.History history -> history(history);
            case ServerFrame.Ping ignored -> typed("ping").close().toTextFrame();
            case ServerFrame.Pong pong -> {
                JsonBytes json = typed("pong");
                byte[] echo = pong.json();
                if (echo != null) {
                    json.raw("t", echo);
                }
                yield json.close().toTextFrame();
            }
            case ServerFrame.SessionEnding ending ->
                typed("session")
                        .field("ends_in", ending.left().toSeconds())
                        .close()
                        .toTextFrame();
            case ServerFrame.Bye bye -> bye(bye);
        };
    }

    private static JsonBytes typed(String type) {
        return new JsonBytes(128).open().field("type", type);
    }

    private static @Nullable String id(@Nullable Position position) {
        return position == null ? null : position.id();
    }

    private static EncodedFrame published(ServerFrame.Published published) {
        StoredPublication stored = published.publication();
        JsonBytes json = typed("message").field("id", stored.position().id());
        json.splice("message", stored.publication().json());
        rest(json, stored, published.withCid());
        return json.toTextFrame();
    }

    private static void message(JsonBytes json, StoredPublication stored) {
        json.open().field("type", "message");
        json.field("id", stored.position().id());
        json.raw("message", stored.publication().json());
        rest(json, stored, false);
    }

    private static void rest(JsonBytes json, StoredPublication stored, boolean withCid) {
        json.field("user", stored.publication().user());
        json.field("ts", stored.timestamp());
        String cid = stored.publication().cid();
        if (withCid && cid != null) {
            json.field("cid", cid);
        }
        json.close();
    }

    private static EncodedFrame welcome(ServerFrame.Welcome welcome) {
        JsonBytes json = typed("welcome").field("v", 1);
        json.field("connection", welcome.connection()).field("node", welcome.node());
        json.field("room", welcome.room()).field("user", welcome.user());
        json.field("tail", id(welcome.tail()));
        json.field("resumed", welcome.resumed()).field("replayed", welcome.replayed());
        json.field("ping", welcome.ping().toSeconds());
        WelcomeLimits limits = welcome.limits();
        json.name("limits").open();
        json.field("bytes", limits.bytes()).field("rate", limits.rate()).field("burst", limits.burst());
        json.field("queue", limits.queue()).field("replay", limits.replay()).close();
        Duration ttl = welcome.sessionTtl();
        if (ttl == null) {
            json.name("session_ttl").literal("null");
        } else {
            json.field("session_ttl", ttl.toSeconds());
        }
        return json.close().toTextFrame();
    }

    private static EncodedFrame ack(ServerFrame.Ack ack) {
        JsonBytes json =
                typed("ack").field("cid", ack.cid()).field("id", ack.position().id());
        if (ack.duplicate()) {
            json.field("dup", true);
        }
        return json.close().toTextFrame();
    }

    private static EncodedFrame failure(ServerFrame.Failure failure) {
        JsonBytes json = typed("error").field("code", failure.code().wire()).field("message", failure.text());
        if (failure.cid() != null) {
            json.field("cid", failure.cid());
        }
        if (failure.rid() != null) {
            json.field("rid", failure.rid());
        }
        retryAfter(json, failure.retryAfter());
        return json.close().toTextFrame();
    }

    private static EncodedFrame history(ServerFrame.History history) {
        JsonBytes json = typed("history");
        if (history.rid() != null) {
            json.field("rid", history.rid());
        }
        json.openArray("messages");
        for (StoredPublication stored : history.messages()) {
            json.comma();
            message(json, stored);
        }
        return json.closeArray().field("more", history.more()).close().toTextFrame();
    }

    private static EncodedFrame bye(ServerFrame.Bye bye) {
        JsonBytes json = typed("bye")
                .field("code", bye.code().code())
                .field("reason", bye.code().reason());
        retryAfter(json, bye.retryAfter());
        json.field("reconnect", bye.code().reaction() != CloseCode.Reaction.STOP);
        return json.close().toTextFrame();
    }

    private static void retryAfter(JsonBytes json, @Nullable Duration retryAfter) {
        if (retryAfter != null) {
            json.field("retry_after", Math.max(1, retryAfter.toSeconds()));
        }
    }
}
