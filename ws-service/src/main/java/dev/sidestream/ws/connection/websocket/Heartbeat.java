package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/** What the wheel of a loop does to a connection at each turn: pings it, and later gives it up. To be called on the event loop. */
final class Heartbeat {

    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(WireFrames.ping()));

    private Heartbeat() {}

    /**
     * Pings. Of a socket that is left alone because its consumer is busy, one read is asked for, so that its peer can show that it
     * lives; not when frames wait already, which bounds them.
     *
     * @param backlog whether frames wait for a busy consumer
     */
    static void beat(NettyConnection connection, FrameIntake intake, Channel socket, boolean backlog) {
        if (!connection.isOpen()) {
            return;
        }
        boolean left = !socket.config().isAutoRead();
        if (left && !backlog) {
            socket.read();
        }
        intake.pinged(!left || !backlog);
        connection.write(PING.duplicate());
        connection.send(new ServerFrame.Ping()); // for scripts, which see no control frame
    }

    /**
     * The time to answer the last ping is over.
     *
     * @param unanswered so many pings without a sign of life end the connection
     */
    static void over(NettyConnection connection, FrameIntake intake, int unanswered) {
        if (connection.isOpen() && intake.unansweredPings() >= unanswered) {
            connection.close(CloseCode.NO_PONG);
            connection.flush();
            connection.cutOff(); // who answers no ping answers no close either
        }
    }
}
