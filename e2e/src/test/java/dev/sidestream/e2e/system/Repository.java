package dev.sidestream.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the things are that the tests run. */
final class Repository {

    private Repository() {}

    /** The folder with all modules. */
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("channel-layer/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "Not within the repository: " + Path.of("").toAbsolutePath());
    }

    /** The executable jar that the build of a module has left. */
    static Path executable(String module) {
        Path target = root().resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars = files.filter(file ->
                            file.getFileName().toString().matches(module + "-[0-9][^-]*(-SNAPSHOT)?(-exec)?\\.jar"))
                    .toList();
            return jars.stream()
                    .filter(jar -> jar.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseGet(jars::getFirst);
        } catch (IOException e) {
            throw new UncheckedIOException("Package " + module + " first", e);
        }
    }
}
