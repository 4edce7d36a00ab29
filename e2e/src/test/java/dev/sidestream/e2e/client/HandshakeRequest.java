package dev.sidestream.e2e.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An opening handshake, byte by byte as the caller wants it: any header, any number of times, none added unasked but those
 * that RFC 6455, section 4.1 requires.
 */
public final class HandshakeRequest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIMEOUT_MS = 30_000;

    private final int port;
    private final String target;
    private final List<Header> headers = new ArrayList<>();
    private String method = "GET";
    private String source = "127.0.0.1";
    private int receiveBuffer;

    private HandshakeRequest(int port, String target) {
        this.port = port;
        this.target = target;
        byte[] key = new byte[16];
        RANDOM.nextBytes(key);
        header("Host", "127.0.0.1:" + port);
        header("Upgrade", "websocket");
        header("Connection", "Upgrade");
        header("Sec-WebSocket-Version", "13");
        header("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(key));
    }

    /** To a port of this machine; the target is sent as it is, so it must be encoded, or not, as the test wants. */
    public static HandshakeRequest to(int port, String target) {
        return new HandshakeRequest(port, target);
    }

    /** Adds a header line; a second one of the same name is a second line. */
    public HandshakeRequest header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    /** The value of the first line of that name. */
    public String value(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** Takes away every line of that name. */
    public HandshakeRequest without(String name) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        return this;
    }

    /** Replaces every line of that name by one. */
    public HandshakeRequest with(String name, String value) {
        return without(name).header(name, value);
    }

    public HandshakeRequest method(String other) {
        method = other;
        return this;
    }

    /** The kernel's buffer for what this client has not read yet, in bytes; small for a client that reads slowly. */
    public HandshakeRequest receiveBuffer(int bytes) {
        receiveBuffer = bytes;
        return this;
    }

    /** The address of this machine that it comes from; 127.0.0.1 unless set. */
    public HandshakeRequest from(String address) {
        source = address;
        return this;
    }

    /** Sends it and waits for the answer, which leaves the connection open when it is an upgrade. */
    public HandshakeAnswer open() {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(head().getBytes(StandardCharsets.ISO_8859_1));
            return HandshakeAnswer.read(socket);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it, and closes whatever the answer leaves open: the status alone. */
    public int status() {
        try (HandshakeAnswer answer = open()) {
            return answer.status();
        }
    }

    /** Opens it and fails when the answer is no upgrade. Full mode when the server has selected a sub-protocol. */
    public WebSocketClient connect() {
        return connect(null);
    }

    /** The same, for an endpoint that does not speak the room's frames: nothing is held against the schema. */
    public WebSocketClient connectText() {
        return connect("");
    }

    private WebSocketClient connect(@Nullable String family) {
        HandshakeAnswer answer = open();
        if (answer.status() != 101) {
            answer.close();
            throw new RefusedException(answer);
        }
        String plainOrFull = answer.header("Sec-WebSocket-Protocol") == null ? "plain-server" : "server";
        return new WebSocketClient(answer.socket(), family == null ? plainOrFull : family);
    }

    private String head() {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header.name() + ": " + header.value() + "\r\n"));
        return head.append("\r\n").toString();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // What went wrong before is what the caller is told.
        }
    }

    private record Header(String name, String value) {}
}
