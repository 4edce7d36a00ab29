package dev.sidestream.channel.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports below the range that the kernel hands to outgoing connections, so that a restart finds its port still free. */
public final class FreePorts {

    /** Linux hands out 32768 and above. */
    private static final int FROM = 12_000;

    private static final int TO = 21_000;

    /** Redis Cluster talks on the client port plus this. */
    private static final int BUS = 10_000;

    private FreePorts() {}

    /** A port that was free a moment ago, with the one 10,000 above it. */
    public static int next() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            if (isFree(port) && isFree(port + BUS)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + FROM + " and " + TO);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException taken) {
            return false;
        }
    }
}
