package dev.sidestream.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {

    @TempDir
    Path checkout;

    private Path jar;

    @BeforeEach
    void build() throws IOException {
        jar = checkout.resolve("ws-service/target/ws-service-1-exec.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
    }

    @Test
    void takesTheCommonDescriptionWhereTheCheckoutSaysNothing() {
        Build build = Build.in(checkout);

        assertThat(build.jar()).isEqualTo(jar.toAbsolutePath());
        assertThat(build.arguments()).contains("--server.port=<port>", "--sidestream.limits.rate=100000");
        assertThat(build.publishKeys()).hasSize(4);
    }

    @Test
    void takesOverOnlyWhatTheCheckoutsOwnDescriptionSays() throws IOException {
        Path own = Files.createDirectories(checkout.resolve("bench")).resolve("build.properties");
        Files.writeString(own, "publish.keys = <room> other\n");

        Build build = Build.in(checkout);

        assertThat(build.publishKeys()).containsExactly("<room>", "other");
        assertThat(build.ready()).contains("<management>");
    }

    @Test
    void saysWhatIsMissingWhereNothingIsBuilt() throws IOException {
        Files.delete(jar);

        assertThatThrownBy(() -> Build.in(checkout))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("not built");
    }

    @Test
    void fillsEveryNameInBrackets() {
        assertThat(Build.fill("ss:{p<k>}:<room>:<room>", Map.of("k", "7", "room", "lobby")))
                .isEqualTo("ss:{p7}:lobby:lobby");
    }
}
