package dev.sidestream.bench.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/** What the requests of a Spring site do to its sessions. Safe for use by many threads. */
public final class Site implements AutoCloseable {

    private final LettuceConnectionFactory connections;
    private final RedisSessionRepository sessions;
    private final Path cookies;

    Site(int redisPort, Path cookies) {
        this.cookies = cookies;
        connections = new LettuceConnectionFactory("127.0.0.1", redisPort);
        connections.afterPropertiesSet();
        connections.start();
        RedisTemplate<String, Object> template = new RedisTemplate<>();
        template.setKeySerializer(RedisSerializer.string());
        template.setHashKeySerializer(RedisSerializer.string());
        template.setConnectionFactory(connections);
        template.afterPropertiesSet();
        sessions = new RedisSessionRepository(template);
    }

    /** Ids of the sessions that were there from the start, in the order in which the generator uses them. */
    public List<String> sessions() {
        try {
            return Files.readAllLines(cookies, StandardCharsets.US_ASCII).stream()
                    .map(line -> line.substring("SESSION=".length()))
                    .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII))
                    .toList();
        } catch (IOException e) {
            throw new LabException("Cannot read " + cookies, e);
        }
    }

    /** A page view that keeps something in the session: a read, a write and a new time to live. */
    public void view(String id) {
        change(sessions, id, session -> {
            session.setLastAccessedTime(Instant.now());
            session.setAttribute("page", "seen " + System.nanoTime());
        });
    }

    private static <S extends Session> void change(SessionRepository<S> sessions, String id, Consumer<Session> change) {
        S session = sessions.findById(id);
        if (session == null) {
            throw new LabException("A session is gone that nobody has ended");
        }
        change.accept(session);
        sessions.save(session);
    }

    /**
     * Gives a session so long to live from now on.
     *
     * @return when it is over
     */
    public Instant expire(String id, Duration life) {
        Instant now = Instant.now();
        change(sessions, id, session -> {
            session.setLastAccessedTime(now);
            session.setMaxInactiveInterval(life);
        });
        return now.plus(life);
    }

    /** Bytes that the Redis of the sessions uses. */
    public long memory() {
        try (RedisConnection connection = connections.getConnection()) {
            Properties info = connection.serverCommands().info("memory");
            return Long.parseLong(Objects.requireNonNull(info).getProperty("used_memory"));
        }
    }

    /** Returns when the site would answer its visitor. */
    public void logout(String id) {
        sessions.deleteById(id);
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
