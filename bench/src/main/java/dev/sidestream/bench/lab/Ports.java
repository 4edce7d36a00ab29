package dev.sidestream.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports below the range that outgoing connections take, so that 20,000 of them cannot be in the way. */
final class Ports {

    private static int next = 10_000 + (int) (ProcessHandle.current().pid() % 10_000);

    private Ports() {}

    static synchronized int free() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = next++;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken, so the next one
            }
        }
        throw new LabException("No free port");
    }
}
