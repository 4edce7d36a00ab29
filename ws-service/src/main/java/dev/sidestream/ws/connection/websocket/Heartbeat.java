package dev.sidestream.ws.connection.websocket;

import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What the wheel of a loop does to a connection at each turn: pings it, or gives it up. To be called on the event loop. */
final class Heartbeat {

    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(WireFrames.ping()));

    private Heartbeat() {}

    /**
     * One turn of the wheel.
     *
     * @param reading whether the socket is read at present
     * @param unanswered so many pings without a sign of life close the connection
     */
    static void beat(NettyConnection connection, FrameIntake intake, boolean reading, int unanswered) {
        if (!connection.isOpen()) {
            return;
        }
        if (intake.unansweredPings() >= unanswered) {
            connection.close(CloseCode.NO_PONG);
            return;
        }
        intake.pinged(reading);
        connection.write(PING.duplicate());
        connection.send(new ServerFrame.Ping()); // for scripts, which see no control frame
    }
}
