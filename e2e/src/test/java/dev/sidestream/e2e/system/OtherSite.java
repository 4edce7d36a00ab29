package dev.sidestream.e2e.system;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The sites of other frameworks, each with one of the ways in which its framework keeps sessions in Redis. */
public enum OtherSite {
    SPRING_MVC("Spring MVC", Framework.SPRING_MVC, Map.of()),
    SPRING_MVC_INDEXED("Spring MVC, indexed repository", Framework.SPRING_MVC, Map.of("REPOSITORY", "indexed")),
    WEBFLUX("WebFlux", Framework.WEBFLUX, Map.of()),
    WEBFLUX_INDEXED("WebFlux, indexed repository", Framework.WEBFLUX, Map.of("REPOSITORY", "indexed")),
    EXPRESS(
            "Express, connect-redis and passport",
            Framework.EXPRESS,
            Map.of("SESSION_SECRETS", "newer secret,keyboard cat")),
    DJANGO("Django, its Redis cache", Framework.DJANGO, Map.of()),
    DJANGO_CACHED_DB("Django, its Redis cache, cached_db", Framework.DJANGO, Map.of("ENGINE", "cached_db")),
    DJANGO_REDIS("Django, django-redis", Framework.DJANGO, Map.of("CACHE", "django-redis")),
    DJANGO_REDIS_JSON(
            "Django, django-redis with JSON and zlib",
            Framework.DJANGO,
            Map.of(
                    "CACHE", "django-redis",
                    "SERIALIZER", "json.JSONSerializer",
                    "COMPRESSOR", "zlib.ZlibCompressor")),
    FLASK("Flask, Flask-Session with msgpack", Framework.FLASK, Map.of("FORMAT", "msgpack")),
    FLASK_JSON("Flask, Flask-Session with JSON", Framework.FLASK, Map.of("FORMAT", "json")),
    PHP("PHP, phpredis with php", Framework.PHP, Map.of("HANDLER", "php")),
    PHP_SERIALIZE("PHP, phpredis with php_serialize", Framework.PHP, Map.of("HANDLER", "php_serialize")),
    PHP_BINARY("PHP, phpredis with php_binary", Framework.PHP, Map.of("HANDLER", "php_binary")),
    /** One whose sessions cannot be read, so that the nodes ask it. */
    HTTP("any other, asked by http", Framework.DJANGO, Map.of("ENGINE", "db", "COOKIE", "sid"));

    private final String title;
    private final Framework framework;

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, String> settings;

    OtherSite(String title, Framework framework, Map<String, String> settings) {
        this.title = title;
        this.framework = framework;
        this.settings = settings;
    }

    public Framework framework() {
        return framework;
    }

    /** The name of its session cookie. */
    public String cookie() {
        return settings.getOrDefault("COOKIE", framework.cookie());
    }

    /** Its page in docs/bolt-on. */
    public String recipe() {
        return this == HTTP ? "http" : framework.recipe();
    }

    /** Whether its sessions are where the nodes can watch them. */
    public boolean isWatched() {
        return this != HTTP;
    }

    ManagedProcess start(Path logs, int port, String redisHost, int redisPort) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PORT", Integer.toString(port));
        environment.put("REDIS_URL", "redis://" + redisHost + ":" + redisPort);
        environment.put("REDIS_HOST", redisHost);
        environment.put("REDIS_PORT", Integer.toString(redisPort));
        return ManagedProcess.start(name(), logs.resolve(name() + ".log"), framework.command(port), environment);
    }

    /** What it is called in the table. */
    @Override
    public String toString() {
        return title;
    }
}
