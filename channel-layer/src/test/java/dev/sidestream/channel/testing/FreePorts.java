package dev.sidestream.channel.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports below the range that the kernel hands to outgoing connections, so that a restart finds its port still free. Each JVM has
 * a slice of its own and goes through it in turn, so that nobody is given a port that somebody else was given and has not bound
 * yet.
 */
public final class FreePorts {

    /** Linux hands out 32768 and above. */
    private static final int FROM = 12_000;

    private static final int SLICES = 30;
    private static final int SLICE = 300;

    /** Redis Cluster talks on the client port plus this. */
    private static final int BUS = 10_000;

    /** Kept, because a channel that nobody holds is closed and its lock with it. */
    private static final Set<FileChannel> CLAIMED = ConcurrentHashMap.newKeySet();

    private static final int FIRST = FROM + SLICE * claimSlice();
    private static final AtomicInteger GIVEN = new AtomicInteger();

    private FreePorts() {}

    /** A port that was free a moment ago, with the one 10,000 above it, and that this was not given for the last 299 calls. */
    public static int next() {
        for (int attempt = 0; attempt < SLICE; attempt++) {
            int port = FIRST + Math.floorMod(GIVEN.getAndIncrement(), SLICE);
            if (isFree(port) && isFree(port + BUS)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + FIRST + " and " + (FIRST + SLICE));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Holds a lock until this JVM ends; where none can be had, any slice is better than no test. */
    private static int claimSlice() {
        int any = ThreadLocalRandom.current().nextInt(SLICES);
        for (int i = 0; i < SLICES; i++) {
            int slice = (any + i) % SLICES;
            if (claim(Path.of(System.getProperty("java.io.tmpdir"), "sidestream-test-ports-" + slice + ".lock"))) {
                return slice;
            }
        }
        return any;
    }

    @SuppressWarnings("UnusedException")
    private static boolean claim(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return CLAIMED.add(channel);
            }
            channel.close();
            return false;
        } catch (IOException | OverlappingFileLockException takenOrForbidden) {
            return false;
        }
    }
}
