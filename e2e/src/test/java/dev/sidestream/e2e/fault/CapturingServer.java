package dev.sidestream.e2e.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP server that keeps the head of each request as it came, and answers 200 with nothing. */
public final class CapturingServer implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final ServerSocket server;

    public CapturingServer() {
        try {
            server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("capturing-server").start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The head of the next request that was not asked for yet. */
    public String head() {
        try {
            String head = heads.poll(20, TimeUnit.SECONDS);
            if (head == null) {
                throw new AssertionError("No request came");
            }
            return head;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().name("capturing-server-connection").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            StringBuilder head = new StringBuilder();
            InputStream in = client.getInputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                head.append((char) c);
                if (head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                    heads.add(head.toString());
                    client.getOutputStream().write(ANSWER);
                    return;
                }
            }
        } catch (IOException gone) {
            // The client will tell.
        }
    }
}
