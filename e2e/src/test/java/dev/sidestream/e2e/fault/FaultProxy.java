package dev.sidestream.e2e.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes TCP connections on to one address, until it is told to do them harm: cut them with a reset, let nothing through
 * while they stay open, or delay them. Two threads of its own per connection.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean frozen;
    private boolean refusing;
    private final Pause pause;
    private volatile Duration delay = Duration.ZERO;
    private int held;

    /** What lets a time pass. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Listens on a free port of this machine. */
    public FaultProxy(String host, int port) {
        this(host, port, Thread::sleep);
    }

    FaultProxy(String host, int port, Pause pause) {
        this.pause = pause;
        target = new InetSocketAddress(host, port);
        try {
            server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Ends every connection with a reset, as a firewall does that lost its state. New ones are passed on. */
    public void cut() {
        sockets.forEach(FaultProxy::reset);
    }

    /** {@link #cut()}, and resets every new connection too, until {@link #heal()}. */
    public void refuse() {
        locked(() -> refusing = true);
        cut();
    }

    /** Lets no byte through in either direction; connections stay open and new ones are accepted, until {@link #heal()}. */
    public void freeze() {
        locked(() -> frozen = true);
    }

    /** Holds each piece back for so long, in each direction. */
    public void delay(Duration each) {
        delay = each;
    }

    /** Does no more harm. What a freeze held back goes on its way. */
    public void heal() {
        delay = Duration.ZERO;
        locked(() -> {
            frozen = false;
            refusing = false;
        });
    }

    @Override
    public void close() {
        heal();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().name("fault-proxy-connection").start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        sockets.add(client);
        try {
            if (isRefusing()) {
                throw new IOException("refused by order");
            }
            upstream.connect(target, CONNECT_TIMEOUT_MS);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(upstream);
            Thread.ofVirtual().name("fault-proxy-back").start(() -> pump(upstream, client));
            pump(client, upstream);
        } catch (IOException e) {
            end(client);
            end(upstream);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                pass();
                out.write(buffer, 0, n);
            }
        } catch (IOException cut) {
            // Both ends end below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(from);
        end(to);
    }

    /** Returns when the piece in hand may go on. */
    private void pass() throws InterruptedException {
        if (!delay.isZero()) {
            pause.sleep(delay);
        }
        lock.lock();
        try {
            held++;
            while (frozen) {
                changed.await();
            }
            held--;
        } finally {
            lock.unlock();
        }
    }

    /** How many pieces a freeze holds back. */
    int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    private boolean isRefusing() {
        lock.lock();
        try {
            return refusing;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        reset(socket);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            // That is what was wanted.
        }
    }
}
