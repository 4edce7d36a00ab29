package dev.sidestream.e2e.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.RedisForTests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the example of docs/channel-layer.md in a JVM that has the channel layer and what it needs, no more. */
class PlainProgramIT {

    private static final Path EXAMPLE = Path.of("..", "..", "docs", "examples", "PlainPublisher.java");

    @TempDir
    Path folder;

    private static List<String> classPath() throws IOException {
        return List.of(Files.readString(Path.of("target", "classpath")).trim().split(File.pathSeparator));
    }

    @Test
    void getsNothingOfSpring() throws IOException {
        assertThat(classPath())
                .anyMatch(jar -> jar.contains("channel-layer"))
                .anyMatch(jar -> jar.contains("lettuce-core"))
                .noneMatch(jar -> jar.contains("spring"))
                .noneMatch(jar -> jar.contains("junit"));
    }

    @Test
    void publishesAndHears() throws Exception {
        String jars = String.join(File.pathSeparator, classPath());
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", jars, "-d", folder.toString(), EXAMPLE.toString());
        assertThat(failures).isZero();
        try (RedisForTests redis = RedisForTests.create()) {
            List<String> lines = run(jars + File.pathSeparator + folder, redis);
            assertThat(lines).hasSize(2).element(1).isEqualTo("heard The price list is out");
            String entry = lines.getFirst().replaceFirst("published (\\d+-\\d+)\\..*", "$1");
            assertThat(String.valueOf(redis.command("XRANGE", "ss:{p7}:room:lobby", entry, entry)))
                    .contains("Tea is 3.20 now");
        }
    }

    /** What it writes to its standard output; it must end by itself, and well. */
    private List<String> run(String classPath, RedisForTests redis) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process program = new ProcessBuilder(
                        java, "-cp", classPath, "PlainPublisher", redis.host(), Integer.toString(redis.port()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = program.waitFor(60, TimeUnit.SECONDS);
        program.destroyForcibly();
        assertThat(ended && program.exitValue() == 0)
                .as(Files.readString(errors) + Files.readString(output))
                .isTrue();
        return Files.readAllLines(output);
    }
}
