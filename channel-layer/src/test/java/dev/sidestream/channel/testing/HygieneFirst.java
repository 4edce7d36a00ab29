package dev.sidestream.channel.testing;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Installs {@link Hygiene} before the first integration test of a JVM: a thread that waited for work when BlockHound came would
 * be reported for it at its next turn. Modules whose integration tests want it set {@code sidestream.test.hygiene} and have BlockHound
 * among their dependencies; elsewhere it is not set, as not every JVM of tests may be instrumented.
 */
public final class HygieneFirst implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("sidestream.test.hygiene")) {
            Hygiene.install();
        }
    }
}
