package dev.sidestream.ws.connection;

import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.protocol.WireFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What the wheel of a loop does to a connection at each turn: pings it, or gives it up. To be called on the event loop. */
final class Heartbeat {

    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(WireFrames.ping()));

    private Heartbeat() {}

    /** @param unanswered so many pings without a sign of life close the connection */
    static void beat(NettyConnection connection, int unanswered) {
        if (!connection.isOpen()) {
            return;
        }
        FrameIntake intake = connection.intake();
        if (intake.unansweredPings() >= unanswered) {
            connection.close(CloseCode.NO_PONG);
            return;
        }
        intake.pinged(connection.isReading());
        connection.write(PING.duplicate());
        if (connection.mode() == Mode.FULL) {
            connection.send(new ServerFrame.Ping());
        }
    }
}
