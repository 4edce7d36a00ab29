package dev.sidestream.ws.consumer;

import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.Frame;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The smallest consumer that is worth trying by hand: greets, remembers a name, repeats what it hears. */
final class GreetingConsumer implements Consumer {

    private static final String NAME = "/name ";

    private @Nullable String name;

    @Override
    public Mono<Void> connect(Connection connection) {
        name = connection.scope().user().name();
        connection.send("[Welcome " + name + "!]");
        return Mono.empty();
    }

    @Override
    public Mono<Void> receive(Connection connection, Frame frame) {
        connection.used();
        String text = frame.text();
        String wanted = text.startsWith(NAME) ? text.substring(NAME.length()).strip() : "";
        if (!wanted.isEmpty()) {
            name = wanted;
            connection.send("[set your username to " + wanted + "]");
        } else {
            connection.send(Objects.requireNonNull(name) + ": " + text);
        }
        return Mono.empty();
    }
}
