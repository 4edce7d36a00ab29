package dev.sidestream.ws.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An opening handshake over a bare socket. */
public final class Handshake {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final StringBuilder more = new StringBuilder();
    private String version = "HTTP/1.1";
    private byte[] early = {};
    private String family = "plain-server";
    private int receiveBuffer;

    private Handshake(int port, String target) {
        this.port = port;
        this.target = target;
        headers.put("Host", "127.0.0.1:" + port);
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        headers.put("Origin", TestNode.ORIGIN);
    }

    /** To a room, or to any other address that begins with a slash. */
    public static Handshake to(TestNode node, String where) {
        return new Handshake(node.port(), where.startsWith("/") ? where : "/chat/" + where);
    }

    public static Handshake to(int port, String target) {
        return new Handshake(port, target);
    }

    /** With this user's login. */
    public Handshake as(String user) {
        return header("Cookie", "user=" + user);
    }

    public Handshake header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** One more header of a name that is there already. */
    public Handshake also(String name, String value) {
        more.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    public Handshake without(String name) {
        headers.remove(name);
        return this;
    }

    /** Another version of HTTP than 1.1. */
    public Handshake version(String other) {
        version = other;
        return this;
    }

    /** Bytes that follow the request at once, in one write with it. */
    public Handshake followedBy(byte[] bytes) {
        early = bytes;
        return this;
    }

    /** Offers the full protocol. */
    public Handshake full() {
        family = "server";
        return header("Sec-WebSocket-Protocol", "sidestream.v1.json");
    }

    /** The frames of the answer are no frames of rooms. */
    public Handshake text() {
        family = "";
        return this;
    }

    /** Bytes that the kernel keeps for a client that does not read. */
    public Handshake receiveBuffer(int bytes) {
        receiveBuffer = bytes;
        return this;
    }

    /** Sends the request and goes away without reading the answer. */
    public void sendAndLeave() {
        try (Socket socket = send()) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of the answer, whatever it is. */
    public int status() {
        try {
            open().close();
            return 101;
        } catch (Refused refused) {
            return refused.status();
        }
    }

    /** Opens it; throws {@link Refused} when the answer is no upgrade. */
    public TestClient open() {
        try {
            Socket socket = send();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int status = Integer.parseInt(line(in).split(" ", 3)[1]);
            Map<String, String> answered = new HashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                answered.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            if (status != 101) {
                int length = Integer.parseInt(answered.getOrDefault("content-length", "0"));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                socket.close();
                throw new Refused(status, answered, body);
            }
            socket.setSoTimeout(0);
            return new TestClient(socket, in, family);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket send() throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        StringBuilder head = new StringBuilder("GET " + target + " " + version + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(more);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(early);
        socket.getOutputStream().write(bytes.toByteArray());
        return socket;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
