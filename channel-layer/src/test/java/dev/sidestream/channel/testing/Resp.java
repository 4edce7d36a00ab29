package dev.sidestream.channel.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Redis protocol, version 2, for one command at a time on a plain socket: independent of the client under test. */
final class Resp {

    private static final int TIMEOUT_MS = 10_000;

    private Resp() {}

    /** Whether a server answers PING there, within a second. */
    static boolean answers(String host, int port) {
        try {
            return "PONG".equals(command(host, port, 1_000, "PING"));
        } catch (UncheckedIOException | IllegalStateException notYet) {
            return false;
        }
    }

    static @Nullable Object command(String host, int port, String... words) {
        return command(host, port, TIMEOUT_MS, words);
    }

    private static @Nullable Object command(String host, int port, int timeoutMs, String... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            socket.getOutputStream().write(encode(words));
            return read(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(bytes);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }

    private static @Nullable Object read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        String line = line(in);
        return switch (kind) {
            case '+' -> line;
            case ':' -> Long.valueOf(line);
            case '-' -> throw new IllegalStateException(line);
            case '$' -> bulk(in, Integer.parseInt(line));
            case '*' -> array(in, Integer.parseInt(line));
            default -> throw new IOException("Unknown reply type " + kind);
        };
    }

    private static @Nullable Object bulk(DataInputStream in, int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        line(in);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static @Nullable Object array(DataInputStream in, int length) throws IOException {
        if (length < 0) {
            return null;
        }
        List<Object> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            list.add(read(in));
        }
        return list;
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int c = in.readByte();
        while (c != '\r') {
            out.write(c);
            c = in.readByte();
        }
        in.readByte();
        return out.toString(StandardCharsets.UTF_8);
    }
}
