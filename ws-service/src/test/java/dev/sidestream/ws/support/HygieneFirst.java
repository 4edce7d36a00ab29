package dev.sidestream.ws.support;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Installs {@link Hygiene} before the first integration test of a JVM: a thread that waited for work when BlockHound came would
 * be reported for it at its next turn. Elsewhere the property is not set, as not every JVM of tests may be instrumented.
 */
public final class HygieneFirst implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("sidestream.test.hygiene")) {
            Hygiene.install();
        }
    }
}
