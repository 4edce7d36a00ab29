package dev.sidestream.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The minimal Netty server. */
public final class Baseline implements Server {

    private final Program program;
    private final int port;
    private final Jvm jvm;

    private Baseline(Program program, int port, Path gcLog) {
        this.program = program;
        this.port = port;
        Waiting.until("the baseline listens", program, this::listens);
        this.jvm = Jvm.attach(program.pid(), gcLog);
    }

    static Baseline start(Path directory, List<String> jvmOptions) {
        int port = Ports.free();
        Path gcLog = directory.resolve("baseline.gc.log");
        List<String> command = new ArrayList<>(Jvm.command(gcLog, jvmOptions));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sidestream.bench.baseline.BaselineServer",
                Integer.toString(port)));
        return new Baseline(Program.start("baseline", Core.SERVER, directory, false, command), port, gcLog);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return program.pid();
    }

    @Override
    public Jvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
        program.close();
    }
}
