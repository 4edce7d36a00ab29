package dev.sidestream.channel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Afterwards no event loop was blocked, as far as {@link Hygiene} was installed, and no buffer leaked. */
public final class HygieneChecks implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(Hygiene.blocked()).isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(Hygiene.leaked()).isEmpty();
    }
}
