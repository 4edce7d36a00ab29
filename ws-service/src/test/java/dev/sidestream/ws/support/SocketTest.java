package dev.sidestream.ws.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that talks to started nodes. Afterwards no client is left, no event loop was blocked, no buffer leaked, and every
 * frame that was seen is one of the schema.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(SocketTest.Checks.class)
public @interface SocketTest {

    /** What is checked after each test and each class. */
    final class Checks implements AfterEachCallback, AfterAllCallback {

        @Override
        public void afterEach(ExtensionContext context) {
            TestClient.cutAll();
            assertThat(FrameSchema.violations()).isEmpty();
            assertThat(Hygiene.blocked()).isEmpty();
        }

        @Override
        public void afterAll(ExtensionContext context) {
            assertThat(Hygiene.leaked()).isEmpty();
        }
    }
}
