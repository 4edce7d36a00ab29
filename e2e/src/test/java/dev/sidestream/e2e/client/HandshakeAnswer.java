package dev.sidestream.e2e.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server said to an opening handshake.
 *
 * @param status of HTTP
 * @param headers by lower-case name; of two lines of one name the last
 * @param body as far as it came, empty for an upgrade
 * @param socket open after an upgrade; what follows the head has not been read from it
 */
public record HandshakeAnswer(int status, Map<String, String> headers, String body, Socket socket)
        implements AutoCloseable {

    /** Far more than any body that this system answers with. */
    private static final int MAX_BODY = 64 * 1024;

    static HandshakeAnswer read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        List<String> lines = head(in).lines().toList();
        int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new HandshakeAnswer(status, headers, status == 101 ? "" : body(in, headers), socket);
    }

    /** The value of a header, null when there is none. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads byte by byte up to the empty line, because the first frame may follow in the same packet. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !"\r\n\r\n".contentEquals(head.subSequence(head.length() - 4, head.length()))) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("The connection ended within the head, after '" + head + "'");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        int length = Integer.parseInt(headers.getOrDefault("content-length", Integer.toString(MAX_BODY)));
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return "";
        }
        try {
            return new String(in.readNBytes(Math.min(length, MAX_BODY)), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException neverEnded) {
            return "";
        }
    }
}
