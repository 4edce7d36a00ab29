package dev.sidestream.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sites of other frameworks: what each needs, how it is started, and whether this machine can. */
public enum OtherSite {
    EXPRESS("express", "connect.sid"),
    DJANGO("django", "sessionid"),
    DJANGO_REDIS("django-redis", "sessionid"),
    FLASK("flask", "session"),
    PHP("php", "PHPSESSID"),
    WEBFLUX("webflux", "SESSION");

    private final String folder;
    private final String cookie;

    OtherSite(String folder, String cookie) {
        this.folder = folder;
        this.cookie = cookie;
    }

    /** The name of its session cookie. */
    public String cookie() {
        return cookie;
    }

    /**
     * Gets what it needs from the registry of its language, into the build folder; nothing when it is there already.
     *
     * @return false when this machine lacks the language or cannot reach the registry
     */
    boolean install(Path logs) {
        Path log = logs.resolve("install-" + folder + ".log");
        return switch (this) {
            case EXPRESS ->
                Files.exists(home().resolve("node_modules"))
                        || (copy() && run(log, "npm", "ci", "--no-audit", "--no-fund"));
            case DJANGO, DJANGO_REDIS, FLASK ->
                copy()
                        && (Files.exists(python()) || run(log, "python3", "-m", "venv", "../venv"))
                        && run(log, python().toString(), "-m", "pip", "install", "-q", "-r", "requirements.txt");
            case PHP -> copy() && run(log, "php", "-r", "exit(extension_loaded('redis') ? 0 : 1);");
            case WEBFLUX -> true;
        };
    }

    ManagedProcess start(Path logs, int port, String redisHost, int redisPort) {
        Map<String, String> environment = Map.of(
                "PORT",
                Integer.toString(port),
                "REDIS_URL",
                "redis://" + redisHost + ":" + redisPort,
                "REDIS_HOST",
                redisHost,
                "REDIS_PORT",
                Integer.toString(redisPort),
                "SESSION_SECRETS",
                "a newer secret,keyboard cat");
        return ManagedProcess.start(folder, logs.resolve(folder + ".log"), command(port), environment);
    }

    private List<String> command(int port) {
        String script = home().resolve(this == PHP ? "index.php" : "server.py").toString();
        return switch (this) {
            case EXPRESS -> List.of("node", home().resolve("server.js").toString());
            case DJANGO, DJANGO_REDIS, FLASK -> List.of(python().toString(), script);
            case PHP -> List.of("php", "-S", "127.0.0.1:" + port, script);
            case WEBFLUX ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.sidestream.e2e.sites.WebFluxSite");
        };
    }

    private Path home() {
        return Repository.root().resolve("e2e/target/sites").resolve(folder);
    }

    private Path python() {
        return home().resolveSibling("venv").resolve("bin/python");
    }

    private boolean copy() {
        Path source = Repository.root().resolve("e2e/sites").resolve(folder);
        try (Stream<Path> files = Files.list(source)) {
            Files.createDirectories(home());
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(home().resolve(file.getFileName()), Files.readAllBytes(file));
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it ran and succeeded. */
    @SuppressWarnings("UnusedException")
    private boolean run(Path log, String... command) {
        try (ManagedProcess process = ManagedProcess.start(command[0], home(), log, List.of(command), Map.of())) {
            return process.awaitExit() == 0;
        } catch (UncheckedIOException notInstalled) {
            return false;
        }
    }
}
