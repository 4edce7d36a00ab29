package dev.sidestream.ws.logout;

import org.springframework.context.SmartLifecycle;

/** Listens for revocations before the first socket is admitted. */
public final class RevocationLifecycle implements SmartLifecycle {

    private final Revocations revocations;
    private volatile boolean running;

    public RevocationLifecycle(Revocations revocations) {
        this.revocations = revocations;
    }

    /** After the log is read, before the web server, which starts in the last phases. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public void start() {
        running = true;
        revocations.start();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
