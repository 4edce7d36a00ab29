package dev.sidestream.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** One installation into the build folder at a time, as the tests of several JVMs share what one of them installed. */
final class Installing {

    private Installing() {}

    /** Waits until nobody else installs, in this JVM or another, and keeps all others waiting until it returns. */
    static synchronized <T> T alone(Supplier<T> installation) {
        Path file = Repository.root().resolve("e2e/target/sites/.installing");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return installation.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
