package dev.sidestream.channel.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A redis-server process of this machine. The binary comes out of a jar; starting and ending it is done here, by its pid. */
final class EmbeddedRedis implements RedisServer {

    private static final Object LOCK = new Object();

    private static @Nullable File binary;

    private final int port = FreePorts.next();
    private final Path folder;
    private final List<String> command = new ArrayList<>();
    private @Nullable Process process;

    EmbeddedRedis(String... settings) {
        folder = temporaryFolder();
        command.add(binary().getPath());
        boolean configured = settings.length > 0 && !settings[0].startsWith("--");
        if (configured) {
            command.add(settings[0]);
        }
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
        if (!configured) {
            command.addAll(List.of("--save", "", "--appendonly", "yes"));
        }
        command.addAll(List.of(settings).subList(configured ? 1 : 0, settings.length));
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void signal(String name) {
        Signals.send(process.pid(), name);
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    private void await() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("redis-server " + process.pid() + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sidestream-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File binary() {
        synchronized (LOCK) {
            if (binary == null) {
                try {
                    binary = ExecutableProvider.newJarResourceProvider(ExecutableProvider.newProvidedVersionsMap())
                            .get();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return binary;
        }
    }
}
