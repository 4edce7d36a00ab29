package dev.sidestream.channel.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes that a test has started. */
public final class Signals {

    private Signals() {}

    /** Sends the signal and returns when it is sent. */
    public static void send(long pid, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("Signal " + name + " could not be sent to " + pid);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
