package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Connected;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.lab.Rig;

/** Connections that come and go, each with another session, so that every one of them is looked up in Redis. */
final class HandshakeCell implements Cell {

    private static final int WARM = 30_000;
    private static final int MEASURED = 15_000;

    @Override
    public String name() {
        return "handshakes";
    }

    @Override
    public String description() {
        return "CPU of a handshake with a session look-up, after %,d others".formatted(WARM);
    }

    @Override
    public String unit() {
        return "us/handshake";
    }

    @Override
    public Figures run(Lab lab) {
        int share = lab.quick() ? 10 : 1;
        try (Rig rig = lab.service("--load", "churn=5000/1000", "--sources", "8")) {
            rig.generator().churn((long) WARM / share);
            rig.generator().hold(lab.quick() ? 0.5 : 2);
            double compilers = rig.jvm().compilerSeconds();
            Connected churn = rig.generator().churn((long) MEASURED / share);
            Cpu used = Cpu.of(churn.cpu(), rig.jvm().compilerSeconds() - compilers);
            if (churn.count() == 0) {
                throw new LabException("No handshake came through: " + churn.reason());
            }
            return Figures.both(churn.count(), used, churn.failed(), churn.foreign());
        }
    }
}
