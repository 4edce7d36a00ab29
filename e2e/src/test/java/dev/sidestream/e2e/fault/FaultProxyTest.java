package dev.sidestream.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<Integer> echoed = new CopyOnWriteArrayList<>();
    private ServerSocket echo;
    private FaultProxy proxy;
    private Socket socket;

    @BeforeEach
    void connectThroughTheProxy() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = new FaultProxy("127.0.0.1", echo.getLocalPort(), pauses::add);
        socket = connect();
    }

    @AfterEach
    void end() throws IOException {
        socket.close();
        proxy.close();
        echo.close();
    }

    @Test
    void passesBytesOn() throws IOException {
        assertThat(echo(socket, 7)).isEqualTo(7);
    }

    @Test
    void cutsWithAReset() throws IOException {
        echo(socket, 1);
        proxy.cut();
        assertThatThrownBy(() -> echo(socket, 2)).isInstanceOf(SocketException.class);
        try (Socket other = connect()) {
            assertThat(echo(other, 3)).isEqualTo(3);
        }
    }

    @Test
    void letsNothingThroughUntilItHeals() throws IOException {
        echo(socket, 1);
        proxy.freeze();
        socket.getOutputStream().write(2);
        Await.until("it is held back", () -> proxy.held() == 1);
        assertThat(echoed).containsExactly(1);
        proxy.heal();
        assertThat(socket.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void refusesUntilItHeals() throws IOException {
        proxy.refuse();
        assertThatThrownBy(() -> {
                    try (Socket other = connect()) {
                        echo(other, 1);
                        throw new AssertionError("passed");
                    }
                })
                .isInstanceOf(IOException.class);
        proxy.heal();
        try (Socket other = connect()) {
            assertThat(echo(other, 3)).isEqualTo(3);
        }
    }

    @Test
    void delaysEachPiece() throws IOException {
        echo(socket, 1);
        proxy.delay(Duration.ofMillis(100));
        echo(socket, 2);
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(100));
        proxy.heal();
        echo(socket, 3);
        assertThat(pauses).hasSize(2);
    }

    private Socket connect() throws IOException {
        Socket connected = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        connected.setSoTimeout(10_000);
        return connected;
    }

    private static int echo(Socket through, int b) throws IOException {
        through.getOutputStream().write(b);
        int answer = through.getInputStream().read();
        if (answer < 0) {
            throw new SocketException("ended");
        }
        return answer;
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket peer = echo.accept();
                Thread.ofVirtual().start(() -> {
                    try (peer) {
                        for (int b = peer.getInputStream().read();
                                b >= 0;
                                b = peer.getInputStream().read()) {
                            echoed.add(b);
                            peer.getOutputStream().write(b);
                        }
                    } catch (IOException cut) {
                        // Told by the other end.
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }
}
