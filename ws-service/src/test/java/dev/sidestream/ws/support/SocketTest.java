package dev.sidestream.ws.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.HygieneChecks;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that talks to started nodes. Afterwards no client is left, no event loop was blocked, no buffer leaked, and every
 * frame that was seen is one of the schema.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({HygieneChecks.class, SocketTest.Checks.class})
public @interface SocketTest {

    /** What is checked after each test, before the event loops and buffers are. */
    final class Checks implements AfterEachCallback {

        @Override
        public void afterEach(ExtensionContext context) {
            TestClient.cutAll();
            assertThat(FrameSchema.violations()).isEmpty();
        }
    }
}
