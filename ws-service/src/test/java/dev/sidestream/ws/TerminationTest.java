package dev.sidestream.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminationTest {

    /** A process of its own, which ends with 0 if and only if it may answer. */
    static final class Program {

        public static void main(String[] args) throws InterruptedException {
            CountDownLatch asked = new CountDownLatch(1);
            Termination.answer(asked::countDown);
            System.out.println("ready");
            System.exit(asked.await(30, TimeUnit.SECONDS) ? 0 : 1);
        }
    }

    @Test
    void letsTheProgramAnswerBeingAskedToEnd() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
