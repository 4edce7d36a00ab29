package dev.sidestream.ws.consumer;

import dev.sidestream.channel.Message;
import dev.sidestream.ws.connection.Connection;
import dev.sidestream.ws.connection.ConnectionListener;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.limits.TokenBucket;
import dev.sidestream.ws.protocol.CloseCode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Leads what happens on one connection to its consumer, within the message rate. Confined to the event loop. */
public final class ConsumerDriver implements ConnectionListener {

    private final Consumer consumer;
    private final LimitsProperties limits;
    private final Runnable ended;
    private @Nullable TokenBucket bucket;
    private boolean connected;

    /** @param ended runs once, at the moment at which the socket has ended */
    public ConsumerDriver(Consumer consumer, LimitsProperties limits, Runnable ended) {
        this.consumer = consumer;
        this.limits = limits;
        this.ended = ended;
    }

    @Override
    public Mono<Void> connected(Connection connection) {
        connected = true;
        return consumer.connect(connection);
    }

    @Override
    public Mono<Void> received(Connection connection, Frame frame) {
        if (frame.binary() && !consumer.acceptsBinary()) {
            connection.close(CloseCode.UNSUPPORTED_DATA);
            return Mono.empty();
        }
        long now = System.nanoTime();
        if (bucket == null) {
            bucket = new TokenBucket(limits.rate(), limits.burst(), now);
        }
        if (!bucket.tryTake(now)) {
            consumer.tooFast(connection, frame);
            return Mono.empty();
        }
        return consumer.receive(connection, frame);
    }

    @Override
    public Mono<Void> messaged(Connection connection, Message message) {
        return consumer.message(connection, message);
    }

    @Override
    public void socketEnded() {
        ended.run();
    }

    @Override
    public Mono<Void> disconnected(Connection connection, CloseCode code) {
        return connected ? consumer.disconnect(connection, code) : Mono.empty();
    }
}
