package dev.sidestream.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The frameworks of other sites: what each needs, and how a site of it is started. */
public enum Framework {
    SPRING_MVC("spring", "SESSION"),
    WEBFLUX("spring", "SESSION"),
    EXPRESS("express", "connect.sid"),
    DJANGO("django", "sessionid"),
    FLASK("flask", "session"),
    PHP("php", "PHPSESSID");

    /** Of one call of a package manager, which may have to fetch much over a slow network. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String folder;
    private final String cookie;

    Framework(String folder, String cookie) {
        this.folder = folder;
        this.cookie = cookie;
    }

    /** The name of its session cookie. */
    public String cookie() {
        return cookie;
    }

    /** Its page in docs/bolt-on. */
    public String recipe() {
        return folder;
    }

    /** Where its site is, with all that was installed for it and the means of posting to a room. */
    public Path home() {
        return sites().resolve(folder);
    }

    /** The Python that has the packages of the sites. */
    public static Path python() {
        return sites().resolve("venv/bin/python");
    }

    /**
     * Gets what it needs from the registry of its language, in the versions and with the hashes of the lock files, into the build
     * folder; nothing when it is there already.
     *
     * @return null when all is there; otherwise what this machine lacks
     */
    public @Nullable String install(Path logs) {
        return Installing.alone(() -> installed(logs));
    }

    private @Nullable String installed(Path logs) {
        Path log = logs.resolve("install-" + folder + ".log");
        return switch (this) {
            case SPRING_MVC, WEBFLUX -> null;
            case EXPRESS -> {
                copy();
                yield locked(log, "package-lock.json", List.of("npm", "ci", "--no-audit", "--no-fund"));
            }
            case DJANGO, FLASK -> {
                copy();
                copyTo(home(), source().resolveSibling("requirements.txt"));
                if (!Files.exists(python())) {
                    String lack = lack(log, List.of("python3", "-m", "venv", "../venv"));
                    if (lack != null) {
                        yield lack;
                    }
                }
                yield locked(
                        log,
                        "requirements.txt",
                        List.of(
                                python().toString(),
                                "-m",
                                "pip",
                                "install",
                                "-q",
                                "--require-hashes",
                                "-r",
                                "requirements.txt"));
            }
            case PHP -> {
                copy();
                String lack = lack(log, List.of("php", "-r", "exit(extension_loaded('redis') ? 0 : 1);"));
                yield lack == null ? null : "no php with the extension redis";
            }
        };
    }

    List<String> command(int port) {
        return switch (this) {
            case SPRING_MVC -> java("dev.sidestream.e2e.sites.MvcSite");
            case WEBFLUX -> java("dev.sidestream.e2e.sites.WebFluxSite");
            case EXPRESS -> List.of("node", home().resolve("server.js").toString());
            case DJANGO, FLASK ->
                List.of(python().toString(), home().resolve("server.py").toString());
            case PHP ->
                List.of(
                        "php",
                        "-S",
                        "127.0.0.1:" + port,
                        home().resolve("index.php").toString());
        };
    }

    private static List<String> java(String site) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                site);
    }

    private static Path sites() {
        return Repository.root().resolve("e2e/target/sites");
    }

    private Path source() {
        return Repository.root().resolve("e2e/sites").resolve(folder);
    }

    /** The site, and what its recipe says to copy beside it. */
    private void copy() {
        try (Stream<Path> files = Files.list(source())) {
            Files.createDirectories(home());
            List<Path> all = new ArrayList<>(files.filter(Files::isRegularFile).toList());
            Path docs = Repository.root().resolve("docs/bolt-on");
            for (String language : List.of("py", "mjs", "php")) {
                all.add(docs.resolve("publish." + language));
            }
            all.add(Repository.root()
                    .resolve("channel-layer/src/main/resources/dev/sidestream/channel/redis/publish.lua"));
            all.forEach(file -> copyTo(home(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves alone what is the same already: another JVM's site may be about to read it. */
    private static void copyTo(Path folder, Path file) {
        Path copy = folder.resolve(file.getFileName());
        try {
            if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a package manager unless it has succeeded before with the same lock file. */
    private @Nullable String locked(Path log, String lockFile, List<String> command) {
        try {
            String wanted = Files.readString(home().resolve(lockFile));
            Path done = (this == EXPRESS ? home() : sites().resolve("venv")).resolve(".installed");
            if (Files.exists(done) && Files.readString(done).equals(wanted)) {
                return null;
            }
            String lack = lack(log, command);
            if (lack == null) {
                Files.writeString(done, wanted);
            }
            return lack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null when it ran and succeeded. */
    @SuppressWarnings("UnusedException")
    private @Nullable String lack(Path log, List<String> command) {
        try (ManagedProcess process = ManagedProcess.start(command.getFirst(), home(), log, command, Map.of())) {
            return process.awaitExit(PATIENCE) == 0 ? null : command.getFirst() + " failed, see " + log.getFileName();
        } catch (UncheckedIOException notInstalled) {
            return command.getFirst() + " is not installed";
        }
    }
}
