package dev.sidestream.ws.connection.websocket;

import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.MessageReceiver;
import dev.sidestream.ws.connection.ConnectionListener;
import dev.sidestream.ws.connection.Frame;
import dev.sidestream.ws.connection.Loop;
import dev.sidestream.ws.protocol.CloseCode;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * What a connection's consumer has to do, one thing after the other: connect first, disconnect last, frames and messages in
 * between in the order of their arrival. Confined to the event loop.
 *
 * <p>While the consumer is busy the socket is not read, apart from what {@link Heartbeat} asks for, and that only while no frame
 * waits; so the frames that wait here are bounded by one read of the socket. Messages of the channel layer are bounded by
 * {@link #MAX_MESSAGES} and {@link #MAX_TEXT}, and dropped beyond it, as their at-most-once delivery allows.
 *
 * <p>All of it ends: a consumer that is still busy {@link dev.sidestream.ws.connection.ConsumerProperties#grace} after its socket
 * has ended is cancelled, then disconnected, and its disconnect has as long.
 */
final class ConsumerQueue implements MessageReceiver {

    private static final Logger log = LoggerFactory.getLogger(ConsumerQueue.class);

    private static final int MAX_MESSAGES = 1000;

    /** What they may hold together, in characters, besides one that alone is longer. */
    private static final int MAX_TEXT = 1024 * 1024;

    private final NettyConnection connection;
    private final ConnectionListener listener;
    private final Mailbox mailbox;
    private @Nullable ArrayDeque<Object> waiting;
    /** Characters of the messages that wait. */
    private int text;
    /** How the socket ended; null before, and again when the consumer is told. */
    private @Nullable CloseCode end;
    /** What the consumer is busy with; null when that is done already. */
    private @Nullable Disposable running;
    /** Runs from the socket's end while the consumer is busy. */
    private Loop.@Nullable Timer grace;
    /** Tells the call under way from one that was cancelled and ends all the same. */
    private int turn;
    /** From the beginning: nothing is handed over before connect is done. */
    private boolean busy = true;

    private boolean receiving = true;
    private boolean connected;
    private boolean draining;

    ConsumerQueue(NettyConnection connection, ConnectionListener listener) {
        this.connection = connection;
        this.listener = listener;
        this.mailbox = connection.layer().open(this);
    }

    /** Where messages of the channel layer are sent to, until {@link #discard} or {@link #disconnect}. */
    String channel() {
        return mailbox.channel();
    }

    /** The connection never came to be. */
    void discard() {
        mailbox.close();
        drop();
    }

    void connect() {
        connected = true;
        busy = false;
        start(() -> listener.connected(connection));
        if (!busy) {
            finished(turn);
        }
    }

    void add(Frame frame) {
        if (receiving) {
            offer(frame);
        }
    }

    /** A message through the channel layer, on its thread. */
    @Override
    public void receive(Message message) {
        connection.loop().execute(() -> add(message));
    }

    private void add(Message message) {
        if (!receiving) {
            return;
        }
        if (waiting == null || (waiting.size() < MAX_MESSAGES && text + size(message) <= MAX_TEXT)) {
            text += size(message);
            offer(message);
        } else {
            connection.services().metrics().dropped();
        }
    }

    private static int size(Message message) {
        return message.type().length() + message.body().length();
    }

    /** Whether frames wait, so that nothing more is to be read. */
    boolean hasBacklog() {
        return waiting != null && waiting.stream().anyMatch(Frame.class::isInstance);
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

    /** The socket has ended. */
    void disconnect(CloseCode code) {
        mailbox.close();
        stopReceiving();
        listener.socketEnded();
        end = code;
        if (busy && connected) {
            beginGrace();
        } else {
            busy = false;
            next();
        }
    }

    private void beginGrace() {
        long nanos = connection.services().consumer().grace().toNanos();
        grace = connection.loop().schedule(this::cancel, nanos);
    }

    private void cancel() {
        grace = null;
        if (!busy) {
            return;
        }
        connection.services().metrics().cancelled();
        log.atWarn()
                .addKeyValue("connection", connection.channel())
                .addKeyValue("path", connection.scope().path())
                .addKeyValue("grace", connection.services().consumer().grace())
                .log("A consumer did not end in time after its socket had ended; it is cancelled");
        turn++;
        waiting = null;
        Disposable late = running;
        try {
            if (late != null) {
                late.dispose();
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        finished(turn);
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
        if (item instanceof Message message) {
            text -= size(message);
        }
        start(
                item instanceof Frame frame
                        ? () -> listener.received(connection, frame)
                        : () -> listener.messaged(connection, (Message) item));
    }

    private void start(Supplier<Mono<Void>> call) {
        try {
            Mono<Void> mono = call.get();
            if (Mono.<Void>empty().equals(mono)) {
                return; // done already, which is the rule on the hot path
            }
            busy = mono != null; // a null is a bug of the consumer, and told as one below
            // A socket that closes is read on, for the peer's answer.
            connection.socket().setAutoRead(!busy || !connection.isOpen());
            int mine = ++turn;
            Disposable begun = mono.subscribe(
                    ignored -> {},
                    e -> failedLater(e, mine),
                    () -> connection.loop().atOnce(() -> finished(mine)));
            if (busy && mine == turn) {
                running = begun;
            }
        } catch (Throwable e) {
            Exceptions.throwIfJvmFatal(e);
            failed(e);
        }
    }

    private void failedLater(Throwable cause, int which) {
        connection.loop().atOnce(() -> {
            if (which == turn) {
                failed(cause);
                finished(which);
            }
        });
    }

    private void failed(Throwable cause) {
        log.atError()
                .addKeyValue("connection", connection.channel())
                .addKeyValue("path", connection.scope().path())
                .setCause(cause)
                .log("A consumer failed; its connection is closed with 1011");
        connection.close(CloseCode.INTERNAL_ERROR);
    }

    private void finished(int which) {
        if (which != turn) {
            return; // it was cancelled
        }
        busy = false;
        running = null;
        if (!draining) {
            next();
        }
    }

    /** A loop and no recursion, because a consumer that is done at once comes back to {@link #finished} from within it. */
    private void next() {
        draining = true;
        try {
            while (!busy && waiting != null) {
                Object item = waiting.poll();
                if (item == null) {
                    waiting = null; // an idle connection keeps no queue
                } else {
                    carryOut(item);
                }
            }
        } finally {
            draining = false;
        }
        if (busy) {
            return;
        }
        if (grace != null) {
            grace.cancel();
            grace = null;
        }
        CloseCode code = end;
        if (code != null) {
            end = null;
            start(() -> listener.disconnected(connection, code));
            if (busy) {
                beginGrace();
            }
        } else {
            connection.socket().setAutoRead(true);
        }
    }
}
