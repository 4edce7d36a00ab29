package dev.sidestream.ws.connection;

import dev.sidestream.channel.Message;
import dev.sidestream.ws.protocol.CloseCode;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * What a connection's consumer has to do, one thing after the other: connect first, disconnect last, frames and messages in
 * between in the order of their arrival. Confined to the event loop.
 *
 * <p>While the consumer is busy the socket is not read, so what waits here is bounded by one read of the socket; messages of
 * the channel layer are bounded by {@link #MAX_MESSAGES} and dropped beyond it, as their at-most-once delivery allows.
 */
final class Work {

    private static final int MAX_MESSAGES = 1000;

    private final NettyConnection connection;
    private final ConnectionListener listener;
    private @Nullable ArrayDeque<Object> waiting;
    private @Nullable CloseCode end;
    /** From the beginning: nothing is handed over before connect is done. */
    private boolean busy = true;

    private boolean receiving = true;
    private boolean connected;
    private boolean draining;

    Work(NettyConnection connection, ConnectionListener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    void connect() {
        connected = true;
        busy = false;
        start(() -> listener.connected(connection));
        if (!busy) {
            finished();
        }
    }

    void add(Frame frame) {
        if (receiving) {
            offer(frame);
        }
    }

    void add(Message message) {
        if (!receiving) {
            return;
        }
        if (waiting == null || waiting.size() < MAX_MESSAGES) {
            offer(message);
        } else {
            connection.dropped();
        }
    }

    /** What was received before still reaches the consumer, and then its disconnect. */
    void stopReceiving() {
        receiving = false;
    }

    /** Nothing more reaches the consumer but its disconnect. */
    void drop() {
        receiving = false;
        waiting = null;
    }

    void disconnect(CloseCode code) {
        stopReceiving();
        end = code;
        if (!busy || !connected) {
            busy = false;
            next();
        }
    }

    private void offer(Object item) {
        if (busy) {
            if (waiting == null) {
                waiting = new ArrayDeque<>(4);
            }
            waiting.add(item);
        } else {
            carryOut(item);
        }
    }

    private void carryOut(Object item) {
        start(
                item instanceof Frame frame
                        ? () -> listener.received(connection, frame)
                        : () -> listener.messaged(connection, (Message) item));
    }

    private void start(Supplier<Mono<Void>> call) {
        try {
            Mono<Void> mono = call.get();
            if (mono == Mono.<Void>empty()) {
                return; // done already, which is the rule on the hot path
            }
            busy = mono != null; // a null is a bug of the consumer, and told as one below
            connection.setReading(!busy);
            mono.subscribe(ignored -> {}, this::failedLater, () -> onLoop(this::finished));
        } catch (Throwable e) {
            Exceptions.throwIfJvmFatal(e);
            connection.failed(e);
        }
    }

    private void failedLater(Throwable cause) {
        onLoop(() -> {
            connection.failed(cause);
            finished();
        });
    }

    private void onLoop(Runnable task) {
        if (connection.loop().loop().inEventLoop()) {
            task.run();
        } else {
            connection.loop().loop().execute(task);
        }
    }

    private void finished() {
        busy = false;
        if (!draining) {
            next();
        }
    }

    /** A loop and no recursion, because a consumer that is done at once comes back to {@link #finished} from within it. */
    private void next() {
        draining = true;
        while (!busy && waiting != null) {
            Object item = waiting.poll();
            if (item == null) {
                waiting = null; // an idle connection keeps no queue
            } else {
                carryOut(item);
            }
        }
        draining = false;
        if (busy) {
            return;
        }
        connection.setReading(true);
        CloseCode code = end;
        if (code != null) {
            end = null;
            listener.disconnected(connection, code).subscribe(ignored -> {}, connection::failed);
        }
    }
}
