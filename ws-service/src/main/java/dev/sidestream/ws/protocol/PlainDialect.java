package dev.sidestream.ws.protocol;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.StoredPublication;
import org.jspecify.annotations.Nullable;

/** Messages alone: in {@code {"message": any}}, out the same with id and user, and a word where some may be missing. */
record PlainDialect(int index) implements Dialect {

    @Override
    public String tag() {
        return "plain";
    }

    @Override
    public @Nullable String subProtocol() {
        return null;
    }

    @Override
    public boolean tellsAll() {
        return false;
    }

    @Override
    public ClientFrame read(FrameReader reader, byte[] text) {
        return reader.readPlain(text);
    }

    @Override
    public @Nullable EncodedFrame write(ServerFrame frame) {
        return switch (frame) {
            case ServerFrame.Published published -> published(published.publication());
            case ServerFrame.Failure failure ->
                new JsonBytes(128)
                        .open()
                        .field("message", failure.text())
                        .field("code", failure.code().wire())
                        .close()
                        .toTextFrame();
            case ServerFrame.Welcome ignored -> null;
            case ServerFrame.Gap gap -> gap(gap);
            case ServerFrame.Degraded ignored -> null;
            case ServerFrame.Restored ignored -> null;
            case ServerFrame.Ack ignored -> null;
            case ServerFrame.History ignored -> null;
            case ServerFrame.Ping ignored -> null;
            case ServerFrame.Pong ignored -> null;
            case ServerFrame.SessionEnding ignored -> null;
            case ServerFrame.Bye ignored -> null;
        };
    }

    /** With a message for people, as pages show one of every frame. */
    private static EncodedFrame gap(ServerFrame.Gap gap) {
        Position next = gap.next();
        return new JsonBytes(128)
                .open()
                .field("message", "Messages may be missing here.")
                .field("code", "gap")
                .field("gap", gap.reason())
                .field("id", next == null ? null : next.id())
                .close()
                .toTextFrame();
    }

    private static EncodedFrame published(StoredPublication stored) {
        JsonBytes json = new JsonBytes(96).open();
        json.splice("message", stored.publication().json());
        json.field("id", stored.position().id());
        json.field("user", stored.publication().user());
        return json.close().toTextFrame();
    }
}
