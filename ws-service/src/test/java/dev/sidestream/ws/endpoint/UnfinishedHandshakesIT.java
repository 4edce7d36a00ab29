package dev.sidestream.ws.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of connections on which no request comes to its end. */
@SocketTest
class UnfinishedHandshakesIT {

    /** Far more than the node's second, far less than its idle timeout. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final String REQUEST = "GET /nothing HTTP/1.1\r\nHost: node\r\n\r\n";

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start(RedisForTests.shared(), "sidestream.limits.handshake-timeout=1s");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(1);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static double unfinished() {
        return node.meter("sidestream.handshakes", "outcome", "unfinished");
    }

    /** Whether the node has closed it. Takes what it said. */
    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends one byte of a header that never ends. */
    private static boolean dripsInVain(Socket socket) {
        try {
            write(socket, "x");
        } catch (IOException closed) {
            return true;
        }
        return isClosed(socket);
    }

    /** Sends a request and reads its answer, which has no body. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        write(socket, REQUEST);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String status = in.readLine();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            in.read();
        }
        socket.setSoTimeout(1);
        return status;
    }

    @Test
    void closesAConnectionThatSaysNothing() throws IOException {
        double before = unfinished();
        try (Socket silent = connect()) {
            Await.until("it is closed", SOON, () -> isClosed(silent));
        }
        assertThat(unfinished()).isEqualTo(before + 1);
    }

    @Test
    void closesAConnectionWhoseHeadersDripInForEver() throws IOException {
        double before = unfinished();
        try (Socket dripping = connect()) {
            write(dripping, "GET /chat/lobby/ HTTP/1.1\r\nHost: node\r\nX-Long: ");
            Await.until("it is closed", SOON, () -> dripsInVain(dripping));
        }
        assertThat(unfinished()).isEqualTo(before + 1);
    }

    @Test
    void keepsAConnectionBetweenRequestsAndClosesItWhenTheNextDripsIn() throws IOException {
        try (Socket kept = connect();
                Socket silent = connect()) {
            assertThat(answer(kept)).contains("404");
            Await.until("a silent one is closed", SOON, () -> isClosed(silent));
            assertThat(answer(kept)).contains("404");
            write(kept, "GET /");
            Await.until("it is closed", SOON, () -> dripsInVain(kept));
        }
    }

    @Test
    void leavesSocketsAlone() throws IOException {
        TestClient ada = Handshake.to(node, Talk.newRoom()).as("ada").open();
        try (Socket silent = connect()) {
            Await.until("a silent one is closed", SOON, () -> isClosed(silent));
        }
        assertThat(ada.untilPong()).isEmpty();
        assertThat(ada.isOpen()).isTrue();
    }
}
