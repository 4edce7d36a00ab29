package dev.sidestream.ws.endpoint;

import dev.sidestream.channel.Message;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.ConnectionListener;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.protocol.CloseCode;
import reactor.core.publisher.Mono;

/** Tells a client why it may not stay, and nothing else. */
record TellAndClose(CloseCode code) implements ConnectionListener {

    @Override
    public Mono<Void> connected(Connection connection) {
        connection.close(code);
        return Mono.empty();
    }

    @Override
    public Mono<Void> received(Connection connection, Frame frame) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> messaged(Connection connection, Message message) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> disconnected(Connection connection, CloseCode ended) {
        return Mono.empty();
    }
}
